package dev.beckon.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.access.ApiKey;
import dev.beckon.access.ApiKeys;
import dev.beckon.access.KeyGrant;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.events.Event;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Recipient;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysApiTest {
  @RegisterExtension static final MongoHost HOST = new MongoHost();
  private static final ObjectMapper JSON = new ObjectMapper();

  private Plant plant;
  private WebDoor door;
  private String all;

  @BeforeEach
  void start() {
    plant = HOST.plant();
    door = plant.application.webDoor();
    all = key("acme", KeyKind.LIVE, EnumSet.allOf(Scope.class)).text().reveal();
  }

  @AfterEach
  void stop() {
    plant.close();
  }

  private ApiKeys.Issued key(String account, KeyKind kind, Set<Scope> scopes) {
    KeyGrant grant = new KeyGrant("boss", kind, scopes, Set.of(), 600, null);
    return plant.application.keys().issue(account, grant, "ada");
  }

  private WebReply ask(String key, String method, String path, String query, String body) {
    return door.answer(
        new RawRequest(
            method,
            path,
            query,
            List.of(
                Map.entry("Authorization", "Bearer " + key),
                Map.entry("Content-Type", "application/json")),
            body.isEmpty() ? RawBody.NONE : RawBody.text(body),
            "192.0.2.1",
            "r1"));
  }

  private WebReply create(String key, String body) {
    return ask(key, "POST", "/v1/keys", "", body);
  }

  private static JsonNode json(WebReply reply) throws IOException {
    return JSON.readTree(reply.body());
  }

  /** What is stored of a key, by its text. */
  private ApiKey stored(String key) {
    return plant.application.stores().apiKeys().find(key.split("_", -1)[2]).orElseThrow();
  }

  private List<String> eventCodes() {
    return plant.application.stores().events().newest(100).stream()
        .map(Event::code)
        .sorted()
        .toList();
  }

  @Test
  void create_key_tellsItsTextOnceAndItWorks() throws IOException {
    WebReply reply =
        create(
            all,
            "{\"name\": \"crm\", \"kind\": \"live\", \"scopes\": [\"read\", \"dispatch\"],"
                + " \"perMinute\": 60, \"expires\": \"P90D\"}");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.headers()).containsEntry("Cache-Control", "no-store");
    JsonNode made = json(reply);
    assertThat(made.path("expires").asText()).isEqualTo("2026-05-31T09:00:00Z");
    assertThat(made.path("scopes").toString()).isEqualTo("[\"dispatch\",\"read\"]");
    assertThat(made.path("state").asText()).isEqualTo("IN_FORCE");
    String text = made.path("key").asText();
    assertThat(stored(text).account()).isEqualTo("acme");
    assertThat(stored(text).grant().scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.DISPATCH);
    assertThat(ask(text, "GET", "/v1/keys", "", "").body()).contains("scope-missing");
    assertThat(ask(all, "GET", "/v1/keys", "", "").body())
        .contains(made.path("id").asText())
        .doesNotContain(made.path("key").asText().split("_", -1)[3], "digest");
    assertThat(plant.application.stores().events().newest(2))
        .extracting(Event::message)
        .contains(
            stored(all).told()
                + " made the "
                + stored(text).told()
                + ", kind live, for dispatch, read, until 2026-05-31T09:00:00Z");
  }

  @Test
  void create_teamKey_reachesThoseListedAlone() throws IOException {
    WebReply reply =
        create(
            all,
            "{\"name\": \"team\", \"kind\": \"team\", \"scopes\": [\"dispatch\"],"
                + " \"recipients\": [\"Ada@Example.org\", \"+49 30 123456\"]}");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.body()).doesNotContain("xample", "123456");
    assertThat(stored(json(reply).path("key").asText()).grant().recipients())
        .containsExactlyInAnyOrder(
            plant.application.hasher().hash(new Recipient(Channel.EMAIL, "ada@example.org")),
            plant.application.hasher().hash(new Recipient(Channel.SMS, "+4930123456")),
            plant.application.hasher().hash(new Recipient(Channel.VOICE, "+4930123456")));
  }

  @Test
  void create_scopeThatTheCallerLacks_isRefused() {
    String some = key("acme", KeyKind.LIVE, Set.of(Scope.CONFIGURE, Scope.READ)).text().reveal();

    WebReply reply =
        create(
            some, "{\"name\": \"crm\", \"kind\": \"live\", \"scopes\": [\"read\", \"operate\"]}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body())
        .contains("\"path\":\"scopes\"", "operate", "the calling key does not have");
    assertThat(
            create(some, "{\"name\": \"c\", \"kind\": \"test\", \"scopes\": [\"read\"]}").status())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                                                   | name
          {}                                                                                   | kind
          {}                                                                                   | scopes
          {"name": "<b>", "kind": "live", "scopes": ["read"]}                                  | name
          {"name": "a@b.example", "kind": "live", "scopes": ["read"]}                          | name
          {"name": 7, "kind": "live", "scopes": ["read"]}                                      | name
          {"name": "crm", "kind": "root", "scopes": ["read"]}                                  | kind
          {"name": "crm", "kind": "live", "scopes": []}                                        | scopes
          {"name": "crm", "kind": "live", "scopes": "read"}                                    | scopes
          {"name": "crm", "kind": "live", "scopes": ["READ"]}                                  | scopes
          {"name": "crm", "kind": "live", "scopes": ["read"], "admin": true}                   | admin
          {"name": "crm", "kind": "live", "scopes": ["read"], "perMinute": 0}                  | perMinute
          {"name": "crm", "kind": "live", "scopes": ["read"], "perMinute": 1000001}            | perMinute
          {"name": "crm", "kind": "live", "scopes": ["read"], "perMinute": 1.5}                | perMinute
          {"name": "crm", "kind": "live", "scopes": ["read"], "expires": "2026-03-02T09:00:00Z"} | expires
          {"name": "crm", "kind": "live", "scopes": ["read"], "expires": "soon"}               | expires
          {"name": "crm", "kind": "live", "scopes": ["read"], "expires": "PT9999999999999999H"} | expires
          {"name": "crm", "kind": "live", "scopes": ["read"], "expires": "P99999999D"}         | expires
          {"name": "crm", "kind": "live", "scopes": ["read"], "recipients": ["a@b.example"]}   | recipients
          {"name": "crm", "kind": "team", "scopes": ["read"]}                                  | recipients
          {"name": "crm", "kind": "team", "scopes": ["read"], "recipients": ["nobody"]}        | recipients[0]
          """)
  void create_fieldThatCannotBeTaken_isNamed(String body, String path) {
    WebReply reply = create(all, body);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body()).contains("\"path\":\"" + path + "\"").doesNotContain("nobody", "<b>");
    assertThat(eventCodes()).containsExactly("key-created");
  }

  @Test
  void list_keys_areThoseOfTheAccountInPages() throws IOException {
    List<String> ids = new ArrayList<>(List.of(stored(all).id()));
    for (int i = 0; i < 4; i++) {
      ids.add(key("acme", KeyKind.TEST, Set.of(Scope.READ)).key().id());
    }
    key("other", KeyKind.LIVE, Set.of(Scope.READ));
    ids.sort(String::compareTo);

    List<String> seen = new ArrayList<>();
    String query = "limit=2";
    for (int page = 0; page < 3; page++) {
      JsonNode json = json(ask(all, "GET", "/v1/keys", query, ""));
      json.path("items").forEach(item -> seen.add(item.path("id").asText()));
      assertThat(json.has("next")).isEqualTo(page < 2);
      query = "limit=2&after=" + json.path("next").asText();
    }
    assertThat(seen).isEqualTo(ids);
  }

  @Test
  void list_byATestKey_isTestKeysAlone() throws IOException {
    ApiKeys.Issued test = key("acme", KeyKind.TEST, Set.of(Scope.CONFIGURE));

    JsonNode items = json(ask(test.text().reveal(), "GET", "/v1/keys", "", "")).path("items");

    assertThat(items).hasSize(1);
    assertThat(items.path(0).path("id").asText()).isEqualTo(test.key().id());
  }

  @Test
  void revoke_key_opensNothingAnyMore() {
    ApiKeys.Issued crm = key("acme", KeyKind.LIVE, Set.of(Scope.CONFIGURE));
    String path = "/v1/keys/" + crm.key().id();

    WebReply reply = ask(all, "DELETE", path, "", "");

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.body()).isEmpty();
    assertThat(ask(crm.text().reveal(), "GET", "/v1/keys", "", "").status()).isEqualTo(401);
    assertThat(ask(all, "DELETE", path, "", "").status()).isEqualTo(204);
    assertThat(eventCodes()).containsExactly("key-created", "key-created", "key-revoked");
  }

  @Test
  void revoke_keyOfAnotherAccount_isAnsweredAsOneThatDoesNotExist() {
    ApiKeys.Issued theirs = key("other", KeyKind.LIVE, Set.of(Scope.CONFIGURE));

    WebReply others = ask(all, "DELETE", "/v1/keys/" + theirs.key().id(), "", "");
    WebReply none = ask(all, "DELETE", "/v1/keys/nosuchkey000", "", "");

    assertThat(others.status()).isEqualTo(404);
    assertThat(others.body()).isEqualTo(none.body());
    assertThat(ask(theirs.text().reveal(), "GET", "/v1/keys", "", "").status()).isEqualTo(200);
  }

  @Test
  void requests_overTheLimit_areToldWhenToGoOn() {
    KeyGrant grant = new KeyGrant("slow", KeyKind.LIVE, Set.of(Scope.CONFIGURE), Set.of(), 2, null);
    String slow = plant.application.keys().issue("acme", grant, "ada").text().reveal();
    plant.clock.advance(Duration.ofSeconds(50));

    ask(slow, "GET", "/v1/keys", "", "");
    WebReply second = ask(slow, "GET", "/v1/keys", "", "");
    WebReply third = ask(slow, "GET", "/v1/keys", "", "");

    assertThat(second.status()).isEqualTo(200);
    assertThat(second.headers())
        .containsEntry("RateLimit", "\"key\";r=0;t=10")
        .containsEntry("RateLimit-Policy", "\"key\";q=2;w=60");
    assertThat(third.status()).isEqualTo(429);
    assertThat(third.headers()).containsEntry("Retry-After", "10");
    assertThat(ask(all, "GET", "/v1/keys", "", "").status()).isEqualTo(200);
  }

  @Test
  void requests_tooManyWrongKeys_areToldToWait() {
    WebReply reply = null;
    for (int i = 0; i < 31; i++) {
      reply = ask("beckon_live_wrong", "GET", "/v1/keys", "", "");
    }

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.headers()).containsEntry("Retry-After", "60");
    assertThat(ask(all, "GET", "/v1/keys", "", "").status()).isEqualTo(200);
  }
}
