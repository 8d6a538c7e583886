package dev.beckon.dispatch;

import static dev.beckon.bed.World.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.ScriptedVendor;
import dev.beckon.bed.World;
import dev.beckon.intake.IntakeRequest;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore.Claim;
import dev.beckon.invitation.InvitationStore.Settlement;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.parcel.Parcel;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.VendorTraits;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A route with two vendor accounts: who gets which row, and who never does. */
@Timeout(120)
class FailoverTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private static final SendResult DOWN = SendResult.of(SendCode.UNAVAILABLE, "HTTP 503");
  private static final SendResult BAD_KEY = SendResult.of(SendCode.BAD_CONFIGURATION, "HTTP 401");
  private static final SendResult SILENCE = SendResult.of(SendCode.NO_REPLY, "no answer");

  private World world;
  private ScriptedVendor first;
  private ScriptedVendor second;
  private Dispatcher dispatcher;

  @BeforeEach
  void open() {
    world = MONGO.world();
    first = world.vendor;
    second = world.texts;
    configure("{}");
    dispatcher = world.dispatch.dispatcher();
    first.maxBatch(1);
    second.maxBatch(1);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void dispatch_firstFailsFromTheMiddle_restGoesThroughTheSecond_andComesBack() {
    Set<String> atFirst = ConcurrentHashMap.newKeySet();
    Set<String> atSecond = ConcurrentHashMap.newKeySet();
    AtomicInteger calls = new AtomicInteger();
    failing(first, atFirst, () -> calls.incrementAndGet() > 300);
    failing(second, atSecond, () -> false);
    world.filled(600);

    run();

    List<Invitation> rows = rows(600);
    assertThat(rows).extracting(Invitation::state).containsOnly(InvitationState.SENT);
    assertThat(atFirst).hasSize(300).doesNotContainAnyElementsOf(atSecond);
    assertThat(atSecond).hasSize(300);
    assertThat(calls.get() - 300)
        .as("calls until the circuit opened")
        .isBetween(Circuit.FAULTS, Circuit.FAULTS + first.maxInFlight());
    assertThat(rows)
        .filteredOn(row -> atSecond.contains(row.id()))
        .allSatisfy(row ->
            assertThat(row.journal())
                .anyMatch(entry ->
                    entry.note().equals("unavailable: HTTP 503; next: backup")
                        || entry.note().equals("instead of mail, which keeps failing")));
    assertThat(world.eventCodes())
        .containsOnlyOnce("vendor-failed-over")
        .containsOnlyOnce("vendor-circuit-open");

    first.reshape(results -> results);
    world.clock.advance(Circuit.FIRST_WAIT);
    int before = second.given().size();
    accept("b2", 100);
    run();
    assertThat(first.references()).contains(Invitation.id("b2", 1));
    assertThat(second.given()).as("one call probes, the rest need not wait").hasSize(before + 99);
    accept("b3", 100);
    run();
    assertThat(second.given()).hasSize(before + 99);
  }

  @Test
  void dispatch_firstRefusesOurKey_allGoThroughTheSecond_andNobodyFails() {
    first.reshape(results -> results.stream().map(any -> BAD_KEY).toList());
    world.filled(300);

    run();

    assertThat(rows(300)).extracting(Invitation::state).containsOnly(InvitationState.SENT);
    assertThat(first.given()).hasSizeBetween(Circuit.FAULTS, Circuit.FAULTS + first.maxInFlight());
    assertThat(second.given()).hasSize(300);
    assertThat(world.eventCodes())
        .containsOnlyOnce("vendor-refuses-us")
        .containsOnlyOnce("vendor-failed-over");
  }

  @Test
  void dispatch_bothDown_rowsWaitForWhoeverIsCalledFirst_andGoOutOnce() {
    first.reshape(results -> results.stream().map(any -> DOWN).toList());
    second.reshape(results -> results.stream().map(any -> DOWN).toList());
    String parcel = world.filled(200);

    run();

    int calls = first.given().size() + second.given().size();
    assertThat(rows(200))
        .extracting(Invitation::state)
        .containsOnly(InvitationState.ACCEPTED, InvitationState.RETRY);
    assertThat(rows(200).stream().mapToInt(Invitation::attempts).sum()).isEqualTo(calls);
    assertThat(world.parcel(parcel).due())
        .isEqualTo(world.clock.instant().plus(Circuit.FIRST_WAIT));

    first.reshape(results -> results);
    second.reshape(results -> results);
    world.clock.advance(Circuit.FIRST_WAIT);
    dispatcher.dispatch(List.of(parcel), world.deadline());

    assertThat(rows(200)).extracting(Invitation::state).containsOnly(InvitationState.SENT);
    assertThat(first.given().size() + second.given().size()).isEqualTo(calls + 200);
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE,       BAD_CONFIGURATION, RETRY",
    "BAD_CONFIGURATION, UNAVAILABLE,       RETRY",
    "BAD_CONFIGURATION, BAD_CONFIGURATION, FAILED",
    "UNAVAILABLE,       UNAVAILABLE,       RETRY",
    "UNAVAILABLE,       BAD_RECIPIENT,     FAILED",
    "UNAVAILABLE,       NO_REPLY,          IN_DOUBT",
  })
  void dispatch_neitherTakesIt_endsAsTheWholeChainSays(
      SendCode atFirst, SendCode atSecond, InvitationState end) {
    Duration later = Duration.ofMinutes(5);
    first.answers(id(1), SendResult.of(atFirst, "").retryAfter(later));
    second.answers(id(1), SendResult.of(atSecond, "").retryAfter(later));
    world.filled(1);

    run();

    assertThat(world.state(1)).isEqualTo(end);
    assertThat(first.given()).hasSize(1);
    assertThat(second.given()).hasSize(1);
    assertThat(world.invitation(1).attempts()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"BAD_RECIPIENT, FAILED", "BAD_CONTENT, FAILED", "NO_REPLY, IN_DOUBT"})
  void dispatch_notTheVendorsFault_orNotKnown_neverGoesToTheSecond(
      SendCode code, InvitationState end) {
    first.answers(id(1), SendResult.of(code, ""));
    world.filled(1);

    run();

    assertThat(world.state(1)).isEqualTo(end);
    assertThat(second.given()).isEmpty();
  }

  @Test
  void dispatch_lastAttemptAtTheFirst_isNotGivenToTheSecond() {
    configure("{\"maxAttempts\": 1}");
    first.answers(id(1), DOWN);
    world.filled(1);

    run();

    assertThat(world.state(1)).isEqualTo(InvitationState.DEAD);
    assertThat(second.given()).isEmpty();
  }

  @Test
  void dispatch_rowThatMayHaveBeenAccepted_waitsForTheSameVendorAccount() {
    deduplicating();
    Duration later = Duration.ofMinutes(5);
    first.answers(id(1), SILENCE.retryAfter(later), DOWN.retryAfter(later));
    String parcel = world.filled(1);

    run();
    assertThat(world.state(1)).isEqualTo(InvitationState.RETRY);
    assertThat(world.invitation(1).doubtAt()).isEqualTo("mail");
    world.clock.advance(later);
    dispatcher.dispatch(List.of(parcel), world.deadline());
    world.clock.advance(later);
    dispatcher.dispatch(List.of(parcel), world.deadline());

    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
    assertThat(first.references()).containsExactly(id(1), id(1), id(1));
    assertThat(first.given().stream().map(OutboundMessage::key).distinct()).hasSize(1);
    assertThat(second.given()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"hold, false", "resend, true"})
  void dispatch_rowBecameDoubtfulAfterItWasLoaded_isClaimedForAnotherAndPutBack(
      String inDoubt, boolean goesOn) {
    configure("{\"inDoubt\": \"%s\"}".formatted(inDoubt));
    deduplicating();
    first.reshape(results -> results.stream().map(any -> DOWN).toList());
    world.filled(100);
    Set<Integer> once = new HashSet<>();
    second.meanwhile(batch -> {
      synchronized (once) {
        if (once.add(50)) {
          becomeDoubtfulAtTheFirst(id(50));
        }
      }
    });

    run();

    assertThat(second.references().contains(id(50))).isEqualTo(goesOn);
    assertThat(second.references()).contains(id(49));
    if (!goesOn) {
      assertThat(world.state(50)).isEqualTo(InvitationState.RETRY);
      assertThat(world.invitation(50).journal().getLast().note())
          .isEqualTo("an earlier request may have been accepted; next: mail");
      assertThat(world.invitation(50).attempts()).isEqualTo(1);
    }
  }

  @Test
  void dispatch_accountThatCannotBeBuilt_isLeftOut_andSomebodyIsTold() {
    world.store(account("{}").replace("\"scripted\"", "\"unknown\""));
    world.filled(3);

    run();

    assertThat(rows(3)).extracting(Invitation::state).containsOnly(InvitationState.SENT);
    assertThat(second.given()).hasSize(3);
    assertThat(world.eventCodes()).containsOnlyOnce("dispatch-unconfigured");
  }

  /** As another worker leaves it whose request through the first account got no answer. */
  private void becomeDoubtfulAtTheFirst(String id) {
    Instant now = world.clock.instant();
    world.invitations.claim(
        List.of(id), new Claim("other", now, now.plusSeconds(200), "mail", Channel.EMAIL, 0));
    world.invitations.settle(
        List.of(
            new Settlement(
                id,
                "other",
                Cause.SETTLE_RESENDABLE,
                InvitationState.RETRY,
                new JournalEntry(now, InvitationState.RETRY, "mail", "no-reply"),
                now,
                false,
                true)),
        now);
  }

  private void deduplicating() {
    first.traits(new VendorTraits(Duration.ofHours(1), URI.create("https://vendor.example/dedup")));
  }

  /** Counts who was accepted; answers 503 where the condition says so. */
  private static void failing(ScriptedVendor vendor, Set<String> accepted, BooleanSupplier down) {
    vendor.reshape(results -> {
      List<SendResult> answers = new ArrayList<>();
      for (SendResult result : results) {
        if (down.getAsBoolean()) {
          answers.add(DOWN);
        } else {
          accepted.add(String.valueOf(result.vendorId()).substring(2));
          answers.add(result);
        }
      }
      return answers;
    });
  }

  /** Every hint on the queue once, those that come meanwhile included, at most 20 rounds. */
  private void run() {
    for (int round = 0; round < 20; round++) {
      List<String> ids =
          world.bulk.take(10).stream().map(body -> body.substring("parcel/".length())).toList();
      if (ids.isEmpty()) {
        return;
      }
      List<String> due =
          world.parcels.load(ids).values().stream()
              .filter(parcel -> !parcel.due().isAfter(world.clock.instant()))
              .map(Parcel::id)
              .toList();
      dispatcher.dispatch(due, world.deadline());
    }
  }

  private void accept(String batch, int rows) {
    List<Row> people =
        IntStream.rangeClosed(1, rows)
            .mapToObj(row -> World.row(row, batch + "guest" + row + "@example.org"))
            .toList();
    IntakeRequest request = world.requestNow(batch, people);
    world.intake.accept(request);
  }

  private List<Invitation> rows(int n) {
    return world.invitations.load(IntStream.rangeClosed(1, n).mapToObj(World::id).toList());
  }

  private void configure(String policy) {
    world.store(account(policy));
  }

  private static String account(String policy) {
    return """
    {"id": "acme",
     "vendorAccounts": {
       "mail": {"vendor": "scripted", "settings": {}},
       "backup": {"vendor": "scripted-sms", "settings": {}}},
     "dispatches": {"stay": {
       "routes": [{"channel": "email", "vendors": ["mail", "backup"]}],
       "templates": {"en": {"email": {"subject": "Hello", "text": "{{ survey_link }}"}}},
       "surveyLink": "https://survey.example/{token}",
       "fields": {"first_name": {}},
       "policy": %s}}}
    """
        .formatted(policy);
  }
}
