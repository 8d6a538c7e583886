package dev.beckon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.access.ApiKey;
import dev.beckon.access.ApiKeys;
import dev.beckon.access.Caller;
import dev.beckon.access.KeyGrant;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.intake.RecipientReader;
import dev.beckon.json.JsonReader;
import dev.beckon.privacy.RecipientHasher;
import dev.beckon.web.ProblemException;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebReply;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys of an account: made, listed, revoked. Thread-safe. */
final class KeysApi {
  private static final int MOST_BYTES = 64 * 1024;
  private static final int MOST_RECIPIENTS = 100;
  private static final Duration LONGEST = Duration.ofDays(3_660);

  private final ApiKeys keys;
  private final RecipientHasher hasher;
  private final Clock clock;
  private final RecipientReader addresses = new RecipientReader();

  KeysApi(ApiKeys keys, RecipientHasher hasher, Clock clock) {
    this.keys = keys;
    this.hasher = hasher;
    this.clock = clock;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.of(Scope.CONFIGURE, "createKey", "POST", "/v1/keys", this::create).live(),
        Endpoint.of(Scope.CONFIGURE, "listKeys", "GET", "/v1/keys", this::list),
        Endpoint.of(Scope.CONFIGURE, "revokeKey", "DELETE", "/v1/keys/{key}", this::revoke).live());
  }

  private WebReply create(Call call) throws ProblemException, UnreadableRequestException {
    Caller caller = call.caller();
    KeyGrant grant = call.json(MOST_BYTES, json -> read(json, caller));
    ApiKeys.Issued issued = keys.issue(caller.home(), grant, caller.name());
    ObjectNode body = Json.object().put("key", issued.text().reveal());
    return Json.reply(201, body.setAll(form(issued.key())));
  }

  private WebReply list(Call call) throws ProblemException {
    call.knownQuery("after", "limit");
    Page.Asked asked = Page.Asked.of(call);
    Caller caller = call.caller();
    // a test key sees its likes: what lies outside of the twin is not its business
    Set<KeyKind> kinds =
        caller.kind() == KeyKind.TEST ? Set.of(KeyKind.TEST) : EnumSet.allOf(KeyKind.class);
    List<ApiKey> found = keys.list(caller.home(), kinds, asked.after(), asked.limit() + 1);
    return Json.page(asked.page(found, ApiKey::id), this::form);
  }

  private WebReply revoke(Call call) throws ProblemException {
    if (keys.revoke(call.caller().home(), call.path("key"), call.caller().name()).isEmpty()) {
      throw Problems.missing("key");
    }
    return new WebReply(204, "application/json", "", Map.of());
  }

  private ObjectNode form(ApiKey key) {
    KeyGrant grant = key.grant();
    ObjectNode json =
        Json.object()
            .put("id", key.id())
            .put("name", grant.name())
            .put("kind", grant.kind().label());
    json.set("scopes", Json.texts(grant.scopes().stream().map(Scope::label).sorted().toList()));
    json.put("state", key.state(clock.instant()).name())
        .put("perMinute", grant.perMinute())
        .put("createdAt", key.createdAt().toString())
        .put("createdBy", key.createdBy());
    put(json, "expires", grant.expires());
    put(json, "revokedAt", key.revokedAt());
    put(json, "lastUsedAt", key.lastUsedAt());
    return json;
  }

  private static void put(ObjectNode json, String name, @Nullable Instant at) {
    if (at != null) {
      json.put(name, at.toString());
    }
  }

  private KeyGrant read(JsonReader json, Caller caller) {
    json.known("name", "kind", "scopes", "recipients", "perMinute", "expires");
    KeyKind kind = kind(json);
    KeyGrant grant =
        new KeyGrant(
            json.text("name"),
            kind,
            scopes(json, caller),
            recipients(json),
            json.integer("perMinute", KeyGrant.USUAL_PER_MINUTE),
            expires(json));
    grant
        .problems(clock.instant())
        .forEach((field, what) -> {
          if (!field.equals("name") || !grant.name().isEmpty()) {
            json.problem(field, what);
          }
        });
    return grant;
  }

  private static KeyKind kind(JsonReader json) {
    String label = json.text("kind");
    KeyKind kind = KeyKind.ofLabel(label).orElse(null);
    if (kind == null && !label.isEmpty()) {
      json.problem("kind", "is no kind of key; use test, team or live");
    }
    return kind == null ? KeyKind.TEST : kind;
  }

  private static Set<Scope> scopes(JsonReader json, Caller caller) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String label : json.list("scopes")) {
      Scope scope = Scope.ofLabel(label).orElse(null);
      if (scope == null) {
        json.problem(
            "scopes", "has a word that is no scope; use dispatch, read, configure, operate");
      } else if (!caller.may(scope)) {
        json.problem(
            "scopes",
            "has the scope " + label + ", which the calling key does not have; leave it out");
      }
      if (scope != null) {
        scopes.add(scope);
      }
    }
    return scopes;
  }

  private Set<String> recipients(JsonReader json) {
    Set<String> hashes = new HashSet<>();
    List<String> listed = json.list("recipients");
    if (listed.size() > MOST_RECIPIENTS) {
      json.problem("recipients", "are more than 100; list fewer, or use a live key");
      return hashes;
    }
    for (int i = 0; i < listed.size(); i++) {
      try {
        addresses
            .read(listed.get(i), null)
            .forEach(recipient -> hashes.addAll(hasher.all(recipient)));
      } catch (IllegalArgumentException e) {
        json.problem("recipients[" + i + "]", String.valueOf(e.getMessage()));
      }
    }
    return hashes;
  }

  /** A moment, or a length of time from now on. */
  private @Nullable Instant expires(JsonReader json) {
    String text = json.optional("expires");
    if (text == null) {
      return null;
    }
    Instant now = clock.instant();
    try {
      Instant end = text.startsWith("P") ? now.plus(Duration.parse(text)) : Instant.parse(text);
      if (end.isBefore(now.plus(LONGEST))) {
        return end;
      }
      json.problem("expires", "is more than ten years away; leave it out for a key without an end");
    } catch (DateTimeException | ArithmeticException e) {
      json.problem(
          "expires", "is no moment; write it as 2027-03-01T00:00:00Z, or as P90D from now on");
    }
    return null;
  }
}
