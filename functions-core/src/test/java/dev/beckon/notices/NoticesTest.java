package dev.beckon.notices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.events.Event;
import dev.beckon.events.Event.Level;
import dev.beckon.parcel.Deadline;
import dev.beckon.testing.Together;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NoticesTest {
  private static final String TWO = "\"ada@ops.example\", \"bob@ops.example\"";

  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private final World world = MONGO.world();

  /** Mails to it are answered so; null to accept them. */
  private volatile SendResult bobs;

  @BeforeEach
  void begin() {
    configure("{\"ops\": {\"to\": [\"ada@ops.example\"], \"vendor\": \"mail\"}}");
    world.notices.run(world.deadline());
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void configure(String notices) {
    String json = world.accounts.written("acme").orElseThrow().json();
    String head = "{\"id\": \"acme\",";
    world.store(
        head
            + " \"notices\": "
            + notices
            + ","
            + json.substring(json.indexOf("\"vendorAccounts\"") - 1));
  }

  /** Both addresses, of which Bob's is answered as {@link #bobs} says. */
  private void configureTwo() {
    configure("{\"ops\": {\"to\": [" + TWO + "], \"vendor\": \"mail\"}}");
    List<OutboundMessage> batch = new ArrayList<>();
    world.vendor.meanwhile(given -> {
      batch.clear();
      batch.addAll(given);
    });
    world.vendor.reshape(results -> {
      List<SendResult> shaped = new ArrayList<>(results);
      for (int i = 0; i < shaped.size(); i++) {
        if (bobs != null && batch.get(i).to().address().startsWith("bob")) {
          shaped.set(i, bobs);
        }
      }
      return shaped;
    });
  }

  private void happens(Level level, String code, String key) {
    happens(level, code, key, "acme");
  }

  private void happens(Level level, String code, String key, String account) {
    world.events.write(
        new Event(world.clock.instant(), level, code, key, account, "what " + key + " is"));
  }

  /** Lets so much time pass and runs the timer. */
  private void runAfter(Duration time) {
    world.clock.advance(time);
    world.notices.run(world.deadline());
  }

  private List<String> texts(String to) {
    return world.vendor.given().stream()
        .filter(mail -> mail.to().address().startsWith(to))
        .map(mail -> ((Content.Email) mail.content()).text())
        .toList();
  }

  private List<String> subjects() {
    return world.vendor.given().stream()
        .map(mail -> ((Content.Email) mail.content()).subject())
        .toList();
  }

  private void vendorIs(SendCode code) {
    world.vendor.reshape(results ->
        results.stream().map(any -> SendResult.of(code, "it says bob@ops.example")).toList());
  }

  private void vendorIsWell() {
    world.vendor.reshape(results -> results);
  }

  @Test
  void run_events_areToldTogetherOnce() {
    happens(Level.ERROR, "import-refused", "a");
    world.clock.advance(Duration.ofSeconds(1));
    happens(Level.FAILURE, "import-stuck", "b");
    happens(Level.ERROR, "import-refused", "c");
    happens(Level.WARNING, "vendor-circuit-open", "d");
    happens(Level.ERROR, "other-account", "e", "hotel");
    happens(Level.ERROR, "no-account", "f", "");

    runAfter(Duration.ofMinutes(20));
    runAfter(Duration.ofMinutes(20));

    assertThat(subjects())
        .containsExactly("[Beckon acme] 1 failure, 2 errors: import-stuck, import-refused");
    assertThat(texts("ada").getFirst())
        .isEqualTo(
            """
            Account acme from 2026-03-02T09:00:00Z to 2026-03-02T09:18:01Z, level error and above:

              1 failure  import-stuck
              2 errors  import-refused

            What happened, the gravest first:

            2026-03-02T09:00:01Z  failure  import-stuck
              what b is

            2026-03-02T09:00:01Z  error  import-refused
              what c is

            2026-03-02T09:00:00Z  error  import-refused
              what a is

            All of them, with a key of scope read:
              GET https://beckon.example/v1/events?level=ERROR&since=2026-03-02T09:00:00Z&until=2026-03-02T09:18:01Z
            What a code means and what to do: docs/events.md
            Who gets this mail: notices.ops in the account's document
            """);
    assertThat(world.vendor.given().getFirst().reference()).startsWith("notice-");
    assertThat(((Content.Email) world.vendor.given().getFirst().content()).unsubscribe()).isNull();
  }

  @Test
  void run_nothingHappened_sendsNothing() {
    happens(Level.WARNING, "vendor-circuit-open", "d");
    for (int i = 0; i < 5; i++) {
      runAfter(Duration.ofMinutes(16));
    }
    assertThat(world.vendor.given()).isEmpty();
  }

  @Test
  void run_beforeItsTime_gathersOn() {
    happens(Level.ERROR, "import-refused", "a");
    runAfter(Duration.ofMinutes(16));
    assertThat(world.vendor.given()).isEmpty();
    happens(Level.ERROR, "import-refused", "b");

    runAfter(Duration.ofMinutes(1));
    assertThat(subjects()).containsExactly("[Beckon acme] 1 error: import-refused");
    runAfter(Duration.ofMinutes(15));
    assertThat(texts("ada")).hasSize(2);
    assertThat(texts("ada").get(1)).contains("what b is").doesNotContain("what a is");
  }

  @Test
  void run_eventsBeforeTheFirstRun_areNotTold() {
    configure("{\"new\": {\"to\": [\"ada@ops.example\"], \"vendor\": \"mail\"}}");
    happens(Level.ERROR, "import-refused", "old");
    world.clock.advance(Duration.ofMillis(1));
    world.notices.run(world.deadline());
    happens(Level.ERROR, "import-refused", "young");

    runAfter(Duration.ofMinutes(20));

    assertThat(texts("ada")).hasSize(1);
    assertThat(texts("ada").getFirst()).contains("what young is").doesNotContain("what old is");
  }

  @Test
  void run_writerWhoseClockIsBehind_isToldLater() {
    runAfter(Duration.ofMinutes(17));
    world.events.write(
        new Event(
            world.clock.instant().minus(Duration.ofSeconds(119)),
            Level.ERROR,
            "import-refused",
            "late",
            "acme",
            "what late is"));

    runAfter(Duration.ofMinutes(17));

    assertThat(texts("ada")).hasSize(1);
  }

  @Test
  void run_vendorDownForAWeek_tellsEverythingInOneMailThen() {
    vendorIs(SendCode.UNAVAILABLE);
    for (int day = 0; day < 7; day++) {
      happens(Level.ERROR, "import-refused", "day" + day);
      runAfter(Duration.ofMinutes(17));
      runAfter(Duration.ofHours(23));
    }
    int tried = world.vendor.given().size();
    vendorIsWell();

    runAfter(Duration.ofMinutes(17));
    runAfter(Duration.ofMinutes(17));

    assertThat(subjects().subList(tried, subjects().size()))
        .containsExactly("[Beckon acme] 15 errors: import-refused, notice-failed");
    assertThat(texts("ada").getLast())
        .contains("  7 errors  import-refused", "  8 errors  notice-failed");
    assertThat(world.events.newest(100).stream().map(Event::message))
        .noneMatch(message -> message.contains("bob@"))
        .anyMatch(message -> message.contains("notices.ops.to[0] (unavailable: it says"));
  }

  @Test
  void run_downForAWeek_tellsABoundedMail() {
    for (int i = 0; i < Notices.MOST + 1; i++) {
      happens(Level.ERROR, "import-refused", "k" + i);
    }
    world.clock.advance(Duration.ofMillis(1));
    happens(Level.ERROR, "youngest", "z");

    runAfter(Duration.ofDays(7));
    runAfter(Duration.ofDays(1));

    assertThat(subjects()).hasSize(1);
    assertThat(subjects().getFirst()).startsWith("[Beckon acme] more than ").endsWith("youngest");
    assertThat(texts("ada").getFirst()).contains("and older ones").hasSizeLessThan(3_000);
    assertThat(texts("ada").getFirst().split("what ", -1)).hasSize(11);
  }

  @Test
  void run_oneAddressRefused_holdsTheOtherUpByNothing() {
    configureTwo();
    bobs = SendResult.of(SendCode.THROTTLED, "bob@ops.example: later");
    happens(Level.ERROR, "import-refused", "a");
    runAfter(Duration.ofMinutes(17));
    assertThat(texts("ada")).hasSize(1);
    happens(Level.ERROR, "import-refused", "b");
    runAfter(Duration.ofMinutes(20));

    assertThat(texts("ada")).hasSize(2);
    assertThat(texts("ada").get(1))
        .contains("what b is", "notices.ops.to[1]")
        .doesNotContain("what a is", "bob@");
    bobs = null;
    int before = texts("bob").size();
    runAfter(Duration.ofMinutes(15));

    assertThat(texts("bob")).hasSize(before + 1);
    assertThat(texts("bob").getLast()).contains("what a is", "what b is", "notice-failed");
    runAfter(Duration.ofDays(1));
    assertThat(texts("bob")).hasSize(before + 1);
    assertThat(texts("ada")).hasSize(2);
  }

  @Test
  void run_vendorCannotBeBuilt_isAnEventOnceADay() {
    configure("{\"ops\": {\"to\": [\"ada@ops.example\"], \"vendor\": \"text\"}}");
    String json = world.accounts.written("acme").orElseThrow().json();
    world.store(json.replace("\"scripted-sms\"", "\"gone\""));
    happens(Level.ERROR, "import-refused", "a");

    for (int i = 0; i < 8; i++) {
      runAfter(Duration.ofMinutes(16));
    }

    assertThat(world.eventCodes()).containsExactly("import-refused", "notice-failed");
    assertThat(world.events.newest(1).getFirst().message()).contains("names the vendor gone");
  }

  @ParameterizedTest
  @EnumSource(Cuts.Side.class)
  void run_killedAtEveryTrip_isToldOnceOrMoreAndNothingIsSkipped(Cuts.Side side) {
    boolean cut = true;
    for (int step = 0; cut; step++) {
      int before = texts("ada").size();
      String first = "first" + step + side;
      String second = "second" + step + side;
      happens(Level.ERROR, "import-refused", first);
      world.clock.advance(Duration.ofMinutes(30));
      world.cuts.kill(step, side);
      try {
        world.notices.run(world.deadline());
      } catch (Cuts.Cut e) {
        assertThat(step).isZero(); // nothing could be read: the timer fails
      }
      cut = world.cuts.disarm();
      happens(Level.ERROR, "import-refused", second);
      runAfter(Duration.ofMinutes(30));
      runAfter(Duration.ofMinutes(30));

      List<String> mails = texts("ada").subList(before, texts("ada").size());
      assertThat(String.join("", mails)).contains("what " + first + " is");
      assertThat(mails.stream().filter(text -> text.contains("what " + second + " is"))).hasSize(1);
      assertThat(mails).hasSizeBetween(1, 3);
      repeatsHaveTheSameKey(before);
    }
  }

  /** Mails of the same stretch are the same to a vendor that drops repeats. */
  private void repeatsHaveTheSameKey(int from) {
    List<OutboundMessage> mails = world.vendor.given().subList(from, world.vendor.given().size());
    assertThat(mails.stream().map(OutboundMessage::key).distinct().count())
        .isEqualTo(mails.stream().map(mail -> mail.content()).distinct().count());
  }

  @Test
  void run_byEightAtOnce_tellsOnce() throws Exception {
    happens(Level.ERROR, "import-refused", "a");
    world.clock.advance(Duration.ofMinutes(20));

    Together.run(
        8,
        thread -> {
          world.notices.run(world.deadline());
          return thread;
        });

    assertThat(texts("ada")).hasSize(1);
  }

  @Test
  void run_noTimeLeft_tellsInTheNextRun() {
    happens(Level.ERROR, "import-refused", "a");
    world.clock.advance(Duration.ofMinutes(20));
    world.notices.run(Deadline.in(Duration.ofSeconds(15), world.clock));
    assertThat(world.vendor.given()).isEmpty();

    runAfter(Duration.ofMinutes(15));

    assertThat(texts("ada")).hasSize(1);
  }

  @Test
  void run_testTwin_isNotToldOf() {
    happens(Level.ERROR, "import-refused", "a", "acme~test");
    runAfter(Duration.ofMinutes(20));
    assertThat(world.vendor.given()).isEmpty();
    assertThat(world.simulator.given()).isEmpty();
  }

  @Test
  void run_whatIsKept_namesNoAddress() {
    configureTwo();
    bobs = SendResult.of(SendCode.UNAVAILABLE, "down");
    happens(Level.ERROR, "import-refused", "a");
    runAfter(Duration.ofMinutes(20));

    assertThat(world.dump().keySet()).anyMatch(id -> id.startsWith("notices/"));
    world
        .dump()
        .forEach((id, bytes) -> {
          if (!id.startsWith("account")) {
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .as(id)
                .doesNotContain("@ops.example");
          }
        });
  }

  @Test
  void run_quotaSpent_restIsToldTheNextDay() {
    world.limit("mail", "{\"dailyQuota\": 3}");
    world.vendor.maxBatch(1);
    configure(
        "{\"ops\": {\"vendor\": \"mail\", \"to\": [\"p1@ops.example\", \"p2@ops.example\","
            + " \"p3@ops.example\", \"p4@ops.example\"]}}");
    happens(Level.ERROR, "import-refused", "a");
    runAfter(Duration.ofMinutes(20));
    assertThat(texts("p")).hasSize(3);

    runAfter(Duration.ofDays(1));

    assertThat(texts("p").stream().filter(text -> text.contains("what a is"))).hasSize(4);
  }

  @Test
  void run_vendorThrows_isToldLater() {
    happens(Level.ERROR, "import-refused", "a");
    world.vendor.meanwhile(batch -> {
      throw new IllegalStateException("ada@ops.example");
    });
    runAfter(Duration.ofMinutes(20));
    world.vendor.meanwhile(batch -> {});
    world.vendor.reshape(results -> List.of());
    runAfter(Duration.ofMinutes(20));
    assertThat(world.events.newest(1).getFirst().message())
        .contains("no-reply: the vendor's adapter failed: IllegalStateException")
        .doesNotContain("ada@");
    vendorIsWell();

    runAfter(Duration.ofMinutes(20));
    runAfter(Duration.ofMinutes(20));

    assertThat(texts("ada")).hasSize(3);
    assertThat(texts("ada").getLast()).contains("what a is");
  }
}
