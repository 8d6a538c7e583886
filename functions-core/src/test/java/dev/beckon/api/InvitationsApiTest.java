package dev.beckon.api;

import static dev.beckon.api.Desk.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.api.Desk.Answer;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.SearchTooLongException;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvitationsApiTest {
  private static final String LIST = "/v1/invitations";
  private static final String SEARCH = "/v1/invitations/search";

  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private final World world = HOST.world();
  private final Desk desk = new Desk(world);

  @BeforeEach
  void fill() {
    desk.configureOther();
    desk.accept("acme", "b1", World.rows(3));
    desk.accept(OTHER, "o1", World.rows(1));
    world.vendor.answers(
        Invitation.id("b1", 2), SendResult.of(SendCode.BAD_RECIPIENT, "550 no such mailbox"));
    desk.dispatch("b1");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static List<String> ids(Answer answer) {
    return answer.json().path("items").findValuesAsText("id");
  }

  @Test
  void list_batch_showsIdsAndStatesButNobody() {
    Answer answer = desk.get(LIST, "batch=b1").is(200);

    assertThat(ids(answer))
        .containsExactly(Invitation.id("b1", 1), Invitation.id("b1", 2), Invitation.id("b1", 3));
    JsonNode second = answer.json().path("items").path(1);
    assertThat(second.path("state").asText()).isEqualTo("FAILED");
    assertThat(second.path("reference").asText()).isEqualTo("order-2");
    assertThat(second.path("last").path("note").asText()).contains("550 no such mailbox");
    assertThat(answer.json().has("next")).isFalse();
    assertThat(answer.text())
        .doesNotContain("guest", "Ada", "k1:", world.invitation("b1-000000002").token());
  }

  @Test
  void list_eachParameter_narrows() {
    assertThat(ids(desk.get(LIST, "batch=b1&state=FAILED").is(200)))
        .containsExactly(Invitation.id("b1", 2));
    assertThat(ids(desk.get(LIST, "dispatch=stay&state=failed&state=SENT").is(200))).hasSize(3);
    assertThat(ids(desk.get(LIST, "reference=order-3").is(200)))
        .containsExactly(Invitation.id("b1", 3));
    assertThat(ids(desk.get(LIST, "batch=b1&since=2031-01-01T00:00:00Z").is(200))).isEmpty();
    assertThat(ids(desk.get(LIST, "batch=b1&since=2020-01-01T00:00:00%2B02:00").is(200)))
        .hasSize(3);
    assertThat(ids(desk.get(LIST, "batch=none").is(200))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', query",
    "state=FAILED, query",
    "batch=%20, batch",
    "batch=b1&state=NOPE, state[0]",
    "batch=b1&since=yesterday, since",
    "batch=b1&since=%2B999999999-01-01T00:00:00Z, since",
    "batch=b1&limit=0, limit",
    "batch=b1&limit=501, limit",
    "batch=b1&after=%25, after",
    "batch=b1&recipient=ada, query"
  })
  void list_badParameter_isNamedWithItsRemedy(String query, String path) {
    Answer answer = desk.get(LIST, query).is(422);

    assertThat(answer.faults()).containsExactly(path);
    assertThat(answer.json().path("errors").path(0).path("remedy").asText()).isNotBlank();
    assertThat(answer.text()).doesNotContain("yesterday", "NOPE", "999999999");
  }

  @Test
  void list_pages_areCompleteAndStableWhileOthersCome() {
    List<String> walked = new ArrayList<>();
    String after = "";
    int inserted = 0;
    do {
      Answer page = desk.get(LIST, "dispatch=stay&limit=1" + after).is(200);
      walked.addAll(ids(page));
      desk.accept("acme", "a" + inserted, List.of(World.row(1, "new" + inserted + "@example.org")));
      inserted++;
      after = page.json().has("next") ? "&after=" + page.json().path("next").asText() : "";
    } while (!after.isEmpty());

    assertThat(walked)
        .containsExactly(Invitation.id("b1", 1), Invitation.id("b1", 2), Invitation.id("b1", 3));
  }

  @Test
  void anyEndpoint_otherAccountsInvitation_looksLikeNone() {
    String strange = Invitation.id("o1", 1);
    String token = world.invitation(strange).token();

    assertThat(ids(desk.get(LIST, "batch=o1").is(200))).isEmpty();
    assertThat(ids(desk.post(SEARCH, "{\"token\": \"" + token + "\"}").is(200))).isEmpty();
    assertThat(ids(desk.post(SEARCH, "{\"recipient\": \"guest1@example.org\"}").is(200)))
        .containsExactly(Invitation.id("b1", 1));
    Answer missing = desk.get(LIST + "/none-000000001", "").is(404);
    assertThat(desk.get(LIST + "/" + strange, "").is(404)).isEqualTo(missing);
    assertThat(ids(desk.of(OTHER).get(LIST, "batch=o1").is(200))).containsExactly(strange);
    desk.get(LIST + "/" + strange, "").is(200);
    assertThat(ids(desk.get(LIST, "reference=order-1").is(200))).containsExactly(strange);
  }

  @Test
  void search_eachWay_findsTheInvitation() {
    desk.accept("acme", "b2", List.of(Desk.text(1, "+4915123456789")));
    String token = world.invitation("b1-000000002").token();

    assertThat(ids(desk.post(SEARCH, "{\"recipient\": \" Guest2@EXAMPLE.org\"}").is(200)))
        .containsExactly(Invitation.id("b1", 2));
    assertThat(
            ids(
                desk.post(SEARCH, "{\"recipient\": \"0151 23456789\", \"country\": \"DE\"}")
                    .is(200)))
        .containsExactly(Invitation.id("b2", 1));
    assertThat(ids(desk.post(SEARCH, "{\"token\": \"" + token + "\"}").is(200)))
        .containsExactly(Invitation.id("b1", 2));
    assertThat(ids(desk.post(SEARCH, "{\"reference\": \"order-3\"}").is(200)))
        .containsExactly(Invitation.id("b1", 3));
    Answer failed =
        desk.post(
                SEARCH,
                "{\"batch\": \"b1\", \"states\": [\"FAILED\"], \"reason\": \"NO SUCH\", \"limit\": 1}")
            .is(200);
    assertThat(ids(failed)).containsExactly(Invitation.id("b1", 2));
    assertThat(failed.text()).doesNotContain("guest", token);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | the document",
        "{\"states\": [\"FAILED\"]} | the document",
        "{\"recipient\": \"canary@nowhere\"} | recipient",
        "{\"recipient\": \"0151 canary\"} | recipient",
        "{\"batch\": \"b1\", \"country\": \"DE\"} | country",
        "{\"recipient\": \"a@example.org\", \"country\": \"canary\"} | country",
        "{\"batch\": \"b1\", \"states\": [\"FAILED\", \"canary\"]} | states[1]",
        "{\"batch\": \"b1\", \"canari\": 1} | canari",
        "{\"batch\": 7} | batch",
        "{\"batch\": \"b1\", \"limit\": 501} | limit",
        "{\"batch\": \"b1\", \"after\": \"%canary\"} | after",
        "{\"batch\": \"b1\", \"since\": \"canary\"} | since"
      })
  void search_badBody_isNamedWithoutRepeatingIt(String body, String path) {
    Answer answer = desk.post(SEARCH, body).is(422);

    assertThat(answer.faults()).containsExactly(path);
    assertThat(answer.text()).doesNotContain("canary", "0151");
  }

  @Test
  void search_unreadable_isToldAsSuch() {
    desk.post(SEARCH, "{\"batch\": ").is(400);
    desk.post(SEARCH, "{\"batch\": \"" + "x".repeat(20_000) + "\"}").is(413);
    desk.post(SEARCH, "{\"batch\": \"b1\", \"batch\": \"b2\"}").is(400);
  }

  @Test
  void list_storeGivesUp_isAProblemThatSaysWhatToDo() {
    world.cuts.before(
        "page",
        () -> {
          throw new SearchTooLongException();
        });

    Answer answer = desk.get(LIST, "dispatch=stay").is(422);

    assertThat(answer.json().path("code").asText()).isEqualTo("search-too-broad");
    assertThat(answer.text()).contains("narrow it");
  }

  @Test
  void get_invitation_tellsItsStoryInWordsOfTheApi() {
    Answer answer = desk.get(LIST + "/" + Invitation.id("b1", 2), "").is(200);

    JsonNode json = answer.json();
    assertThat(json.path("state").asText()).isEqualTo("FAILED");
    assertThat(json.path("meaning").asText()).startsWith("It was refused for good");
    assertThat(json.path("next").asText()).contains("POST /v1/redrives");
    assertThat(json.path("journal").findValuesAsText("state"))
        .containsExactly("ACCEPTED", "SENDING", "FAILED");
    assertThat(json.path("parcels").findValuesAsText("id")).containsExactly("b1.0.0");
    assertThat(answer.text())
        .doesNotContain(
            "guest", "Ada", "./beckon", "k1:", world.invitation("b1-000000002").token());
  }

  @Test
  void anyEndpoint_callerWhoMayNotRead_isTurnedAway() {
    desk.as("acme", KeyKind.LIVE, Scope.DISPATCH, Scope.OPERATE, Scope.CONFIGURE);

    desk.get(LIST, "batch=b1").is(403);
    desk.post(SEARCH, "{\"recipient\": \"guest1@example.org\"}").is(403);
    desk.get(LIST + "/" + Invitation.id("b1", 1), "").is(403);
  }
}
