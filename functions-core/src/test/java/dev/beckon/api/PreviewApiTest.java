package dev.beckon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.web.WebReply;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PreviewApiTest {
  private static final String PATH = "/v1/dispatches/stay/preview";

  /** A dispatch that is stored nowhere. */
  private static final String CANDIDATE =
      """
      {"routes": [{"channel": "email", "vendors": ["mail"]}],
       "templates": {"en": {"email": {"subject": "Hi {{ first_name }}", "text": "%s"}}},
       "surveyLink": "https://survey.example/{token}",
       "fields": {"first_name": {}}}
      """;

  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private World world;
  private WebDoor door;

  @BeforeEach
  void open() {
    world = HOST.world();
    door = ApiBed.door(world, ApiBed.live(Scope.READ));
  }

  @AfterEach
  void close() {
    world.close();
  }

  private WebReply preview(String json) {
    return ApiBed.post(door, PATH, json);
  }

  @Test
  void preview_sampleRow_showsEveryMessage_andStoresNothing() {
    Map<String, byte[]> before = world.dump();

    WebReply reply =
        preview(
            """
            {"recipients": {"email": "ada@example.org"}, "fields": {"first_name": "Ada"}}
            """);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body())
        .isEqualTo(
            "{\"messages\":[{\"channel\":\"email\",\"language\":\"en\",\"subject\":\"Hello\","
                + "\"text\":\"Ada  https://survey.example/sample-token\"},"
                + "{\"channel\":\"sms\",\"language\":\"en\","
                + "\"text\":\"Ada https://survey.example/sample-token\"}],\"errors\":[]}");
    assertThat(world.dump()).usingRecursiveComparison().isEqualTo(before);
  }

  @Test
  void preview_rowThatWouldBeRefused_saysWhyAndShowsTheMessagesAllTheSame() {
    WebReply reply = preview("{\"recipients\": {\"email\": \"zanzibara@\"}, \"fields\": {}}");
    WebReply noAddress = preview("{\"fields\": {\"first_name\": \"Ada\"}}");
    WebReply badAddress =
        preview(
            "{\"recipients\": {\"email\": \"zanzibara@\"}, \"fields\": {\"first_name\": \"Ada\"}}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body())
        .contains("\"path\":\"fields.first_name\"", "\"channel\":\"sms\"")
        .doesNotContain("zanzibara");
    assertThat(noAddress.body()).endsWith("\"errors\":[]}");
    assertThat(badAddress.body())
        .contains("\"path\":\"recipients.email\"")
        .doesNotContain("zanzibara");
  }

  @Test
  void preview_candidate_isShownInThePlaceOfTheStoredOne() {
    String body =
        "{\"fields\": {\"first_name\": \"Ada\"}, \"dispatchDocument\": "
            + CANDIDATE.formatted("{{ first_name }} {{ answer_link }}?nps=9")
            + "}";

    WebReply stored = preview(body);
    WebReply fresh = ApiBed.post(door, "/v1/dispatches/brand-new/preview", body);

    assertThat(stored.body())
        .contains("\"subject\":\"Hi Ada\"", "Ada https://beckon.example/a/sample-token/")
        .contains("?nps=9");
    assertThat(fresh).isEqualTo(stored);
    assertThat(world.account().dispatch("brand-new")).isEmpty();
    assertThat(world.account().version()).isEqualTo(1);
  }

  @Test
  void preview_candidateThatCannotBeStored_namesEveryProblemByPath() {
    WebReply unknownName =
        preview("{\"dispatchDocument\": " + CANDIDATE.formatted("{{ frist_name }}") + "}");
    WebReply noVendor =
        preview(
            "{\"dispatchDocument\": "
                + CANDIDATE.formatted("x").replace("\"mail\"", "\"nobody\"")
                + "}");
    WebReply noObject = preview("{\"dispatchDocument\": 5}");

    assertThat(unknownName.status()).isEqualTo(422);
    assertThat(unknownName.body())
        .contains("\"path\":\"dispatchDocument.templates.en.email.text\"", "line 1");
    assertThat(noVendor.body()).contains("\"path\":\"dispatchDocument.routes\"", "nobody");
    assertThat(noObject.status()).isEqualTo(422);
    assertThat(noObject.body()).contains("\"path\":\"dispatchDocument\"");
  }

  @Test
  void preview_others_areMissing_andScopesHold() {
    WebDoor other = ApiBed.door(world, ApiBed.caller("other", KeyKind.LIVE, Set.of(), Scope.READ));
    WebDoor sender = ApiBed.door(world, ApiBed.live(Scope.DISPATCH, Scope.OPERATE));
    WebDoor configurer = ApiBed.door(world, ApiBed.live(Scope.CONFIGURE));

    assertThat(ApiBed.post(other, PATH, "{}").status()).isEqualTo(404);
    assertThat(
            ApiBed.post(other, PATH, "{\"dispatchDocument\": " + CANDIDATE.formatted("x") + "}")
                .status())
        .isEqualTo(404);
    assertThat(ApiBed.post(door, "/v1/dispatches/nobody/preview", "{}").status()).isEqualTo(404);
    assertThat(ApiBed.post(sender, PATH, "{}").status()).isEqualTo(403);
    assertThat(ApiBed.post(configurer, PATH, "{}").status()).isEqualTo(200);
  }

  @Test
  void preview_wrongFields_areNamed() {
    assertThat(preview("{\"recipients\": {\"fax\": \"1\"}}").body())
        .contains("\"path\":\"recipients\"");
    assertThat(preview("{\"fields\": {\"a\": {}}}").status()).isEqualTo(422);
    assertThat(preview("{\"feilds\": {}}").body()).contains("\"path\":\"feilds\"");
    assertThat(preview("[]").status()).isEqualTo(422);
  }
}
