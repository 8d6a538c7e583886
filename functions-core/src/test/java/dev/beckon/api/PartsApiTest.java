package dev.beckon.api;

import static dev.beckon.access.Scope.CONFIGURE;
import static dev.beckon.access.Scope.READ;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.account.Account;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.testing.Together;
import dev.beckon.web.WebReply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartsApiTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private static final String NOTICE = "{\"to\": [\"ops@example.org\"], \"vendor\": \"mail\"}";

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

  private Account account() {
    return plant.application.stores().accounts().find("acme").orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "dispatches, stay, dispatches",
    "vendor-accounts, mail, vendorAccounts",
    "feeds, stays, feeds",
  })
  void part_read_putBack_putAnew_takenOut(String path, String id, String key) throws Exception {
    String single = "/v1/" + path + "/" + id;
    WebReply read = door.get(single);

    assertThat(CallerDoor.json(read))
        .isEqualTo(new ObjectMapper().readTree(Plant.ACCOUNT).path(key).path(id));
    assertThat(read.headers()).containsEntry("ETag", "\"1\"");
    assertThat(door.change("PUT", single, "\"1\"", read.body()).status()).isEqualTo(200);
    WebReply made = door.change("PUT", "/v1/" + path + "/another", "\"2\"", read.body());
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.headers()).containsEntry("ETag", "\"3\"");
    JsonNode list = CallerDoor.json(door.get("/v1/" + path));
    assertThat(list.path("items").findValuesAsText("id")).contains("another", id).isSorted();
    WebReply gone = door.change("DELETE", "/v1/" + path + "/another", "\"3\"", "");
    assertThat(gone.status()).isEqualTo(204);
    assertThat(gone.headers()).containsEntry("ETag", "\"4\"");
    assertThat(door.get("/v1/" + path + "/another").status()).isEqualTo(404);
    assertThat(door.change("DELETE", "/v1/" + path + "/another", "*", "").status()).isEqualTo(404);
    assertThat(account().version()).isEqualTo(4);
  }

  @Test
  void notice_put_isPartOfTheAccount() {
    assertThat(CallerDoor.json(door.get("/v1/notices")).path("items")).isEmpty();

    WebReply made = door.change("PUT", "/v1/notices/ops", "*", NOTICE);

    assertThat(made.status()).isEqualTo(201);
    assertThat(account().notices().get("ops").to()).containsExactly("ops@example.org");
    assertThat(account().notices().get("ops").toString()).doesNotContain("example");
    assertThat(CallerDoor.json(door.get("/v1/notices/ops")).path("vendor").asText())
        .isEqualTo("mail");
    assertThat(door.change("DELETE", "/v1/notices/ops", "\"2\"", "").status()).isEqualTo(204);
    assertThat(account().notices()).isEmpty();
  }

  @Test
  void put_part_leavesTheRestInItsOrder() {
    door.change("PUT", "/v1/vendor-accounts/mail", "*", "{\"vendor\": \"scripted\"}");

    JsonNode document = CallerDoor.json(door.get("/v1/account")).path("document");
    List<String> keys = new ArrayList<>();
    document.fieldNames().forEachRemaining(keys::add);
    assertThat(keys).containsExactly("id", "name", "vendorAccounts", "dispatches", "feeds");
    keys.clear();
    document.path("vendorAccounts").fieldNames().forEachRemaining(keys::add);
    assertThat(keys).containsExactly("mail", "other");
  }

  @Test
  void put_faultyPart_namesItsProblemsInTheDocument() {
    WebReply reply =
        door.change(
            "PUT",
            "/v1/dispatches/tour",
            "*",
            "{\"routes\": [{\"channel\": \"fax\", \"vendors\": [\"mail\"]}], \"nmae\": 1}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(CallerDoor.paths(reply))
        .contains("dispatches.tour.routes[0].channel", "dispatches.tour.nmae");
    assertThat(account().version()).isEqualTo(1);
  }

  @Test
  void delete_partThatIsNamedElsewhere_isRefusedByWhoNamesIt() {
    WebReply reply = door.change("DELETE", "/v1/dispatches/stay", "*", "");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(CallerDoor.paths(reply)).containsExactly("feeds.stays.dispatch");
    assertThat(account().dispatches()).containsKey("stay");
  }

  @Test
  void put_idThatIsNone_isRefusedWithoutRepeatingIt() {
    WebReply reply = door.change("PUT", "/v1/notices/Ada%40example.org", "*", NOTICE);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(CallerDoor.paths(reply)).containsExactly("notice");
    assertThat(reply.body()).doesNotContain("example.org");
    assertThat(door.get("/v1/notices/Ada%40example.org").status()).isEqualTo(404);
  }

  @Test
  void change_staleOrWithoutVersion_changesNothing() {
    assertThat(door.change("PUT", "/v1/notices/ops", "", NOTICE).status()).isEqualTo(428);
    assertThat(door.change("PUT", "/v1/notices/ops", "\"2\"", NOTICE).status()).isEqualTo(412);
    assertThat(door.change("DELETE", "/v1/feeds/stays", "", "").status()).isEqualTo(428);
    assertThat(door.change("DELETE", "/v1/feeds/stays", "\"2\"", "").status()).isEqualTo(412);
    assertThat(account().version()).isEqualTo(1);
  }

  @Test
  void put_fourAtOnceOverAny_loseNone() throws Exception {
    Together.run(
        4,
        thread ->
            assertThat(door.change("PUT", "/v1/notices/n" + thread, "*", NOTICE).status())
                .isEqualTo(201));

    assertThat(account().notices()).hasSize(4);
    assertThat(account().version()).isEqualTo(5);
    assertThat(plant.application.stores().events().newest(20))
        .filteredOn(event -> event.code().equals("account-configured"))
        .hasSize(5);
  }

  @Test
  void list_inPages_hasEveryPartOnce() {
    JsonNode first = CallerDoor.json(door.get("/v1/vendor-accounts?limit=1"));
    JsonNode second =
        CallerDoor.json(
            door.get("/v1/vendor-accounts?limit=1&after=" + first.path("next").asText()));

    assertThat(first.path("items").findValuesAsText("id")).containsExactly("mail");
    assertThat(second.path("items").findValuesAsText("id")).containsExactly("other");
    assertThat(second.has("next")).isFalse();
    assertThat(CallerDoor.json(door.get("/v1/dispatches")).path("items").findValuesAsText("name"))
        .containsExactly("Your stay");
  }

  @Test
  void changes_testKeyOrScopeRead_areForbidden() {
    CallerDoor test = CallerDoor.test(plant.application.webDoor(), "acme", CONFIGURE);
    CallerDoor read = CallerDoor.live(plant.application.webDoor(), "acme", READ);

    assertThat(test.get("/v1/feeds/stays").status()).isEqualTo(200);
    assertThat(read.get("/v1/feeds/stays").status()).isEqualTo(200);
    for (CallerDoor other : List.of(test, read)) {
      assertThat(other.change("PUT", "/v1/notices/ops", "*", NOTICE).status()).isEqualTo(403);
      assertThat(other.change("DELETE", "/v1/feeds/stays", "*", "").status()).isEqualTo(403);
    }
    assertThat(account().version()).isEqualTo(1);
  }

  @Test
  void parts_ofAnotherAccount_areMissing() {
    plant.application.configure(
        Plant.ACCOUNT
            .replace("\"id\": \"acme\"", "\"id\": \"rival\"")
            .replace("\"stays\"", "\"tours\""));

    assertThat(door.get("/v1/feeds/tours").status()).isEqualTo(404);
    assertThat(door.change("DELETE", "/v1/feeds/tours", "*", "").status()).isEqualTo(404);
    assertThat(plant.application.stores().accounts().ofFeed("tours")).isPresent();
  }
}
