package dev.beckon.api;

import static dev.beckon.access.Scope.CONFIGURE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.account.Dispatch;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.Plant;
import dev.beckon.invitation.Channel;
import dev.beckon.web.WebReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TemplatesApiTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private static final String ALL = "/v1/dispatches/stay/templates";

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

  private Dispatch stay() {
    return plant.application.stores().accounts().find("acme").orElseThrow().requireDispatch("stay");
  }

  @Test
  void list_templates_areThoseOfTheDispatchInPages() {
    JsonNode first = CallerDoor.json(door.get(ALL + "?limit=3"));
    JsonNode second =
        CallerDoor.json(door.get(ALL + "?limit=3&after=" + first.path("next").asText()));

    assertThat(first.path("items").toString())
        .isEqualTo(
            "[{\"language\":\"de\",\"channel\":\"email\"},{\"language\":\"de\",\"channel\":\"sms\"},"
                + "{\"language\":\"en\",\"channel\":\"email\"}]");
    assertThat(second.path("items").toString())
        .isEqualTo("[{\"language\":\"en\",\"channel\":\"sms\"}]");
    assertThat(door.get("/v1/dispatches/none/templates").status()).isEqualTo(404);
  }

  @Test
  void template_readAndReplaced_isInForce() {
    assertThat(CallerDoor.json(door.get(ALL + "/de/email")).path("subject").asText())
        .isEqualTo("Hallo");

    WebReply reply =
        door.change(
            "PUT",
            ALL + "/DE/email",
            "\"1\"",
            "{\"subject\": \"Guten Tag\", \"text\": \"{{ survey_link }}\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(stay().templates().get("de").get(Channel.EMAIL).subject()).isEqualTo("Guten Tag");
    assertThat(stay().templates()).containsOnlyKeys("de", "en");
  }

  @Test
  void put_templateThatDoesNotCompile_isRefusedByPath() {
    WebReply reply = door.change("PUT", ALL + "/de/sms", "*", "{\"text\": \"{{ nobody_knows }}\"}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(CallerDoor.paths(reply).getFirst()).startsWith("dispatches.stay.templates.de.sms");
  }

  @Test
  void put_newLanguageWithOneChannel_isRefused_whole_isAdded() {
    String sms = "{\"text\": \"{{ survey_link }}\"}";
    String both = "{\"email\": {\"subject\": \"Bonjour\", \"text\": \"x\"}, \"sms\": " + sms + "}";

    assertThat(door.change("PUT", ALL + "/fr/sms", "*", sms).status()).isEqualTo(422);
    assertThat(door.change("PUT", ALL + "/fr", "*", both).status()).isEqualTo(201);
    assertThat(stay().templates()).containsKey("fr");
    assertThat(CallerDoor.json(door.get(ALL + "/FR")).path("sms").path("text").asText())
        .isEqualTo("{{ survey_link }}");
    assertThat(door.change("DELETE", ALL + "/fr", "*", "").status()).isEqualTo(204);
    assertThat(stay().templates()).containsOnlyKeys("de", "en");
  }

  @Test
  void delete_templateTheRoutesNeed_isRefused_lastOneTakesItsLanguageAlong() {
    assertThat(door.change("DELETE", ALL + "/de/sms", "*", "").status()).isEqualTo(422);
    door.change(
        "PUT",
        "/v1/dispatches/stay",
        "*",
        CallerDoor.json(door.get("/v1/dispatches/stay"))
            .toString()
            .replace(",{\"channel\":\"sms\",\"vendors\":[\"other\"]}", ""));

    assertThat(door.change("DELETE", ALL + "/de/sms", "*", "").status()).isEqualTo(204);
    assertThat(stay().templates().get("de")).containsOnlyKeys(Channel.EMAIL);
    assertThat(door.change("DELETE", ALL + "/de/email", "*", "").status()).isEqualTo(204);
    assertThat(stay().templates()).containsOnlyKeys("en");
    assertThat(door.change("DELETE", ALL + "/en", "*", "").status()).isEqualTo(422);
  }

  @Test
  void put_whereNothingCanBe_isRefusedWithoutRepeatingIt() {
    String body = "{\"text\": \"x\"}";

    assertThat(door.change("PUT", "/v1/dispatches/none/templates/en/sms", "*", body).status())
        .isEqualTo(404);
    WebReply channel = door.change("PUT", ALL + "/en/fax", "*", body);
    WebReply language = door.change("PUT", ALL + "/en_GB/sms", "*", body);

    assertThat(CallerDoor.paths(channel)).containsExactly("channel");
    assertThat(CallerDoor.paths(language)).containsExactly("language");
    assertThat(channel.body() + language.body()).doesNotContain("fax", "en_GB");
    assertThat(door.get(ALL + "/xx/sms").status()).isEqualTo(404);
    assertThat(door.get(ALL + "/en/fax").status()).isEqualTo(404);
  }
}
