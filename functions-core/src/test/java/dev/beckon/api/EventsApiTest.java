package dev.beckon.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.api.Desk.Answer;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.TestClock;
import dev.beckon.bed.World;
import dev.beckon.events.Event;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsApiTest {
  private static final String PATH = "/v1/events";

  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private final World world = HOST.world();
  private final Desk desk = new Desk(world);

  @BeforeEach
  void tell() {
    tell("acme", Event.Level.INFORMATION, "quiet", 0);
    tell("acme", Event.Level.WARNING, "odd", 0);
    tell("acme", Event.Level.FAILURE, "bad", 60);
    tell("other", Event.Level.FAILURE, "strange", 60);
    tell("", Event.Level.FAILURE, "system", 60);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void tell(String account, Event.Level level, String code, int seconds) {
    world.events.write(
        new Event(
            TestClock.START.plusSeconds(seconds), level, code, code + "/1", account, "about it"));
  }

  private static List<String> codes(Answer answer) {
    return answer.json().path("items").findValuesAsText("code");
  }

  @Test
  void list_account_showsItsOwnTheNewestFirst() {
    assertThat(codes(desk.get(PATH, "").is(200))).containsExactly("bad", "quiet", "odd");
    assertThat(codes(desk.of("other").get(PATH, "").is(200))).containsExactly("strange");
    assertThat(codes(desk.of("none").get(PATH, "").is(200))).isEmpty();
  }

  @Test
  void list_eachParameter_narrows() {
    assertThat(codes(desk.get(PATH, "level=WARNING").is(200))).containsExactly("bad", "odd");
    assertThat(codes(desk.get(PATH, "level=failure").is(200))).containsExactly("bad");
    assertThat(codes(desk.get(PATH, "code=odd").is(200))).containsExactly("odd");
    String later = TestClock.START.plusSeconds(60).toString();
    assertThat(codes(desk.get(PATH, "since=" + later).is(200))).containsExactly("bad");
    assertThat(codes(desk.get(PATH, "until=" + later).is(200))).containsExactly("quiet", "odd");
  }

  @Test
  void list_pages_areCompleteAndStableWhileOthersCome() {
    List<String> walked = new ArrayList<>();
    String after = "";
    int more = 0;
    do {
      Answer page = desk.get(PATH, "limit=1" + after).is(200);
      walked.addAll(codes(page));
      tell("acme", Event.Level.ERROR, "new" + more++, 90);
      after = page.json().has("next") ? "&after=" + page.json().path("next").asText() : "";
    } while (!after.isEmpty());

    assertThat(walked).containsExactly("bad", "quiet", "odd");
  }

  @ParameterizedTest
  @CsvSource({
    "level=LOUD, level",
    "since=yesterday, since",
    "until=9, until",
    "after=YQ, after",
    "limit=x, limit",
    "state=SENT, query"
  })
  void list_badParameter_isNamed(String query, String path) {
    assertThat(desk.get(PATH, query).is(422).faults()).containsExactly(path);
  }

  @Test
  void list_callerWhoMayNotRead_isTurnedAway() {
    desk.as("acme", KeyKind.LIVE, Scope.OPERATE, Scope.DISPATCH, Scope.CONFIGURE);

    desk.get(PATH, "").is(403);
  }
}
