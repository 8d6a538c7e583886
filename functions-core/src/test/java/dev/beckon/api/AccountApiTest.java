package dev.beckon.api;

import static dev.beckon.access.Scope.CONFIGURE;
import static dev.beckon.access.Scope.DISPATCH;
import static dev.beckon.access.Scope.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.events.Event;
import dev.beckon.web.WebReply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccountApiTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private Plant plant;
  private CallerDoor door;

  @BeforeEach
  void start() {
    plant = MONGO.plant();
    plant.application.configure(Plant.ACCOUNT);
    door = CallerDoor.live(plant.application.webDoor(), "acme", CONFIGURE);
  }

  @AfterEach
  void stop() {
    plant.close();
  }

  private long inForce() {
    return plant.application.stores().accounts().find("acme").orElseThrow().version();
  }

  @Test
  void read_account_isItsDocumentWithVersionAndWho() throws Exception {
    WebReply reply = door.get("/v1/account");

    JsonNode body = CallerDoor.json(reply);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("ETag", "\"1\"");
    assertThat(body.path("document")).isEqualTo(new ObjectMapper().readTree(Plant.ACCOUNT));
    assertThat(body.path("id").asText()).isEqualTo("acme");
    assertThat(body.path("version").asLong()).isEqualTo(1);
    assertThat(body.path("changedBy").asText()).isEqualTo("the installation");
    assertThat(body.path("changedAt").asText()).isEqualTo(plant.clock.instant().toString());
  }

  @Test
  void replace_overTheVersionRead_isInForceAndToldWithWho() {
    WebReply reply =
        door.change("PUT", "/v1/account", "\"1\"", Plant.ACCOUNT.replace("Acme", "Acme & Sons"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).containsEntry("ETag", "\"2\"");
    assertThat(CallerDoor.json(reply).path("version").asLong()).isEqualTo(2);
    assertThat(plant.application.stores().accounts().find("acme").orElseThrow().name())
        .isEqualTo("Acme & Sons");
    assertThat(plant.application.stores().events().newest(10))
        .extracting(Event::code, Event::account, Event::message)
        .contains(
            tuple(
                "account-configured",
                "acme",
                "key 1 (ann) stored the whole document: version 2 of the account is in force"));
  }

  @Test
  void replace_withoutOrOverAnotherVersion_changesNothing() {
    WebReply without = door.change("PUT", "/v1/account", "", Plant.ACCOUNT);
    WebReply stale = door.change("PUT", "/v1/account", "\"7\"", Plant.ACCOUNT);
    WebReply weak = door.change("PUT", "/v1/account", "W/\"1\"", Plant.ACCOUNT);

    assertThat(without.status()).isEqualTo(428);
    assertThat(stale.status()).isEqualTo(412);
    assertThat(weak.status()).isEqualTo(422);
    assertThat(CallerDoor.paths(weak)).containsExactly("If-Match");
    assertThat(inForce()).isEqualTo(1);
  }

  @Test
  void replace_listOrStar_namesSeveralVersions() {
    assertThat(door.change("PUT", "/v1/account", "\"9\", \"1\"", Plant.ACCOUNT).status())
        .isEqualTo(200);
    assertThat(door.change("PUT", "/v1/account", "*", Plant.ACCOUNT).status()).isEqualTo(200);
    assertThat(inForce()).isEqualTo(3);
  }

  @Test
  void replace_faultyDocument_namesEveryProblemAndStoresNothing() {
    WebReply reply =
        door.change(
            "PUT",
            "/v1/account",
            "*",
            Plant.ACCOUNT
                .replace("\"vendors\": [\"mail\", \"other\"]", "\"vendors\": [\"none\"]")
                .replace("\"maxAttempts\": 10", "\"maxAttempts\": \"ten\"")
                .replace("\"settings\": {}", "\"settings\": {\"nobody\": \"knows\"}")
                .replace("P30D", "a month"));

    assertThat(reply.status()).isEqualTo(422);
    assertThat(CallerDoor.paths(reply))
        .contains("dispatches.stay.policy.maxAttempts", "dispatches.stay.policy.fatigue");
    assertThat(inForce()).isEqualTo(1);
  }

  @Test
  void replace_documentOfAnotherAccount_isRefused() {
    WebReply reply =
        door.change("PUT", "/v1/account", "*", Plant.ACCOUNT.replace("\"acme\"", "\"other\""));

    assertThat(reply.status()).isEqualTo(422);
    assertThat(CallerDoor.paths(reply)).contains("id");
    assertThat(plant.application.stores().accounts().find("other")).isEmpty();
    assertThat(inForce()).isEqualTo(1);
  }

  @Test
  void replace_secretInsteadOfItsReference_isRefusedWithoutRepeatingIt() {
    String document =
        Plant.ACCOUNT.replaceFirst("\"settings\": \\{}", "\"settings\": {\"key\": \"hunter2\"}");

    for (WebReply reply :
        List.of(
            door.change("PUT", "/v1/account", "*", document),
            door.post("/v1/account/check", document))) {
      assertThat(reply.body())
          .contains("vendorAccounts.mail.settings.key")
          .doesNotContain("hunter2");
    }
    assertThat(inForce()).isEqualTo(1);
  }

  @Test
  void check_document_tellsWhatReplaceWouldRefuse_andStoresNothing() {
    WebReply sound = door.post("/v1/account/check", Plant.ACCOUNT);
    WebReply faulty =
        door.post(
            "/v1/account/check",
            Plant.ACCOUNT.replace(
                "\"feeds\":",
                "\"notices\": {\"ops\": {\"to\": [\"nobody\"], \"vendor\": \"mail\"}}, \"feeds\":"));

    assertThat(CallerDoor.json(sound).path("problems")).isEmpty();
    JsonNode problem = CallerDoor.json(faulty).path("problems").path(0);
    assertThat(problem.path("path").asText()).isEqualTo("notices.ops.to[0]");
    assertThat(problem.path("reason").asText()).isEqualTo("has no @");
    assertThat(problem.path("remedy").asText()).startsWith("complete it");
    assertThat(faulty.body()).doesNotContain("nobody");
    assertThat(inForce()).isEqualTo(1);
  }

  @Test
  void check_noDocumentAtAll_isAProblem() {
    assertThat(door.post("/v1/account/check", "[1, 2").status()).isEqualTo(400);
    assertThat(door.post("/v1/account/check", "[1, 2]").status()).isEqualTo(422);
    assertThat(door.post("/v1/account/check", "x".repeat(4_000_001)).status()).isEqualTo(413);
    assertThat(door.post("/v1/account/check", "{\"id\": ".repeat(40)).status()).isEqualTo(400);
  }

  @Test
  void history_threeVersions_isNewestFirstInPages_eachToBeRead() {
    door.change("PUT", "/v1/account", "\"1\"", Plant.ACCOUNT.replace("Acme", "Second"));
    door.change("PUT", "/v1/account", "\"2\"", Plant.ACCOUNT.replace("Acme", "Third"));

    JsonNode first = CallerDoor.json(door.get("/v1/account/history?limit=2"));
    JsonNode second =
        CallerDoor.json(
            door.get("/v1/account/history?limit=2&after=" + first.path("next").asText()));

    assertThat(first.path("items").findValuesAsText("version")).containsExactly("3", "2");
    assertThat(second.path("items").findValuesAsText("version")).containsExactly("1");
    assertThat(second.has("next")).isFalse();
    assertThat(first.path("items").findValuesAsText("changedBy")).containsOnly("key 1 (ann)");
    assertThat(name("/v1/account/history/1")).isEqualTo("Acme");
    assertThat(name("/v1/account/history/2")).isEqualTo("Second");
    assertThat(name("/v1/account/history/3")).isEqualTo("Third");
    assertThat(door.get("/v1/account/history/4").status()).isEqualTo(404);
    assertThat(door.get("/v1/account/history/x").status()).isEqualTo(404);
    assertThat(door.get("/v1/account/history?after=eA").status()).isEqualTo(422);
    assertThat(door.get("/v1/account/history?page=2").status()).isEqualTo(422);
  }

  private String name(String path) {
    return CallerDoor.json(door.get(path)).at("/document/name").asText();
  }

  @Test
  void anotherAccount_seesNothingOfThis() {
    CallerDoor other = CallerDoor.live(plant.application.webDoor(), "other", CONFIGURE);

    assertThat(other.get("/v1/account").status()).isEqualTo(404);
    assertThat(other.get("/v1/account/history/1").status()).isEqualTo(404);
    assertThat(CallerDoor.json(other.get("/v1/account/history")).path("items")).isEmpty();
    assertThat(other.change("PUT", "/v1/account", "*", Plant.ACCOUNT).status()).isEqualTo(404);
    assertThat(inForce()).isEqualTo(1);
  }

  @Test
  void replace_feedOfAnotherAccount_isRefusedWithoutNamingIt() {
    plant.application.configure(
        Plant.ACCOUNT
            .replace("\"id\": \"acme\"", "\"id\": \"rival\"")
            .replace("\"stays\"", "\"tours\""));

    WebReply reply =
        door.change("PUT", "/v1/account", "*", Plant.ACCOUNT.replace("\"stays\"", "\"tours\""));

    assertThat(CallerDoor.paths(reply)).containsExactly("feeds.tours");
    assertThat(reply.body()).doesNotContain("rival");
    assertThat(
            door.post("/v1/account/check", Plant.ACCOUNT.replace("\"stays\"", "\"tours\"")).body())
        .contains("feeds.tours")
        .doesNotContain("rival");
  }

  @Test
  void testKey_readsItsHomesDocument_andMayNotChangeIt() {
    CallerDoor test = CallerDoor.test(plant.application.webDoor(), "acme", CONFIGURE);

    assertThat(CallerDoor.json(test.get("/v1/account")).path("id").asText()).isEqualTo("acme");
    assertThat(test.post("/v1/account/check", Plant.ACCOUNT).status()).isEqualTo(200);
    assertThat(test.change("PUT", "/v1/account", "*", Plant.ACCOUNT).status()).isEqualTo(403);
  }

  @Test
  void scopes_readMayRead_dispatchMayNot() {
    CallerDoor read = CallerDoor.live(plant.application.webDoor(), "acme", READ);
    CallerDoor dispatch = CallerDoor.live(plant.application.webDoor(), "acme", DISPATCH);

    assertThat(read.get("/v1/account").status()).isEqualTo(200);
    assertThat(read.change("PUT", "/v1/account", "*", Plant.ACCOUNT).status()).isEqualTo(403);
    assertThat(dispatch.get("/v1/account").status()).isEqualTo(403);
    assertThat(inForce()).isEqualTo(1);
  }
}
