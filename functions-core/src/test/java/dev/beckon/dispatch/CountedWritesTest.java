package dev.beckon.dispatch;

import static dev.beckon.bed.World.BATCH;
import static dev.beckon.bed.World.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore.Claim;
import dev.beckon.invitation.InvitationStore.Figure;
import dev.beckon.invitation.InvitationStore.Settlement;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.telemetry.Metric;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is counted is what the store holds, whatever was tried, repeated and lost on the way. */
@Timeout(60)
class CountedWritesTest {
  private static final SendResult BUSY =
      SendResult.of(SendCode.UNAVAILABLE, "busy").retryAfter(Duration.ofMinutes(1));
  private static final SendResult SILENT = SendResult.of(SendCode.NO_REPLY, "no answer");
  private static final SendResult NOBODY = SendResult.of(SendCode.BAD_RECIPIENT, "nobody");

  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private World world;
  private Dispatcher dispatcher;

  @BeforeEach
  void open() {
    world = MONGO.world();
    dispatcher = world.dispatch.dispatcher();
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void dispatch_everyOutcomeWithRetriesAndRedelivery_countsWhatTheStoreHolds() {
    world.configure("{\"maxAttempts\": 2}");
    String parcel = world.filled(40);
    for (int row = 1; row <= 5; row++) {
      world.vendor.answers(id(row), NOBODY);
    }
    for (int row = 6; row <= 9; row++) {
      world.vendor.answers(id(row), SILENT);
    }
    for (int row = 10; row <= 16; row++) {
      world.vendor.answers(id(row), BUSY);
    }
    for (int row = 17; row <= 19; row++) {
      world.vendor.answers(id(row), BUSY, BUSY);
    }

    for (int delivery = 0; delivery < 6; delivery++) {
      dispatch(parcel);
      dispatch(parcel);
      world.clock.advance(Duration.ofMinutes(10));
    }

    Map<InvitationState, Long> stored = world.invitations.countByState(BATCH);
    assertThat(stored)
        .isEqualTo(
            Map.of(
                InvitationState.SENT, 28L,
                InvitationState.FAILED, 5L,
                InvitationState.IN_DOUBT, 4L,
                InvitationState.DEAD, 3L));
    assertThat(world.meter.count(Metric.SENT)).isEqualTo(28);
    assertThat(world.meter.count(Metric.FAILED)).isEqualTo(5);
    assertThat(world.meter.count(Metric.IN_DOUBT)).isEqualTo(4);
    assertThat(world.meter.count(Metric.DEAD)).isEqualTo(3);
    assertThat(world.meter.count(Metric.DEFERRED))
        .isEqualTo(world.invitations.figures(BATCH).stream().mapToLong(Figure::retries).sum())
        .isGreaterThanOrEqualTo(10);
    assertThat(world.meter.values(Metric.VENDOR_LATENCY)).isNotEmpty().allMatch(time -> time >= 0);
  }

  @Test
  void dispatch_claimsExpiredBeforeTheirSettle_countsBothAndNotWhatCameTooLate() {
    String parcel = world.filled(3);
    world.vendor.answers(id(1), BUSY);
    CountDownLatch given = new CountDownLatch(3);
    world.vendor.meanwhile(batch -> batch.forEach(message -> given.countDown()));
    world.cuts.before(
        "settle",
        () -> {
          awaitAll(given); // what is not at the vendor when time jumps is put back by the fence
          world.clock.advance(Duration.ofMinutes(10));
          world.dispatch.sweep().run();
        });

    dispatch(parcel);

    assertThat(world.state(1))
        .as("a late refusal does not apply")
        .isEqualTo(InvitationState.IN_DOUBT);
    assertThat(world.state(2)).isEqualTo(InvitationState.SENT);
    assertThat(world.meter.count(Metric.IN_DOUBT)).as("by Sweep").isEqualTo(3);
    assertThat(world.meter.count(Metric.SENT)).isEqualTo(2);
    assertThat(world.meter.count(Metric.DEFERRED)).isZero();
  }

  private static void awaitAll(CountDownLatch given) {
    try {
      assertThat(given.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void settle_answerOfTheStoreLost_countsWhatTheJournalHas() {
    world.filled(3);
    Instant now = world.clock.instant();
    claim(now, 1, 2);
    List<Settlement> settlements =
        List.of(settlement(1, now), settlement(2, now), settlement(3, now));
    world.invitations.settle(settlements.subList(0, 1), now); // applied, and nobody heard of it

    int applied = world.dispatch.writes().settle(settlements, now, Map.of());

    assertThat(applied).isEqualTo(1);
    assertThat(world.state(3)).as("never claimed").isEqualTo(InvitationState.ACCEPTED);
    assertThat(world.meter.count(Metric.SENT)).isEqualTo(2);
  }

  @Test
  void drop_rowThatMayHaveBeenAccepted_countsAsInDoubt() {
    world.configure("{\"inDoubt\": \"resend\", \"maxAttempts\": 9}");
    String parcel = world.filled(2);
    world.vendor.answers(id(1), SILENT.retryAfter(Duration.ofMinutes(1)));
    dispatch(parcel);
    assertThat(world.state(1)).isEqualTo(InvitationState.RETRY);

    world
        .dispatch
        .writes()
        .drop(
            List.of(id(1), id(2)),
            JournalEntry.of(world.clock.instant(), InvitationState.FAILED, "because"),
            Map.of());

    assertThat(world.state(1)).isEqualTo(InvitationState.IN_DOUBT);
    assertThat(world.meter.count(Metric.IN_DOUBT)).isEqualTo(1);
    assertThat(world.meter.count(Metric.FAILED)).isZero();
  }

  @Test
  void dispatch_vendorNotConfigured_failsEachRowOnce() {
    String parcel = world.filled(7);
    world.store(
        world
            .accounts
            .written("acme")
            .orElseThrow()
            .json()
            .replace("\"vendor\": \"scripted\"", "\"vendor\": \"gone\""));

    dispatch(parcel);
    dispatch(parcel);

    assertThat(world.invitations.countByState(BATCH)).isEqualTo(Map.of(InvitationState.FAILED, 7L));
    assertThat(world.meter.count(Metric.FAILED)).isEqualTo(7);
  }

  @Test
  void dispatch_parcelThatWaited_tellsItsAge() {
    String parcel = world.filled(1);
    world.clock.advance(Duration.ofSeconds(90));

    dispatch(parcel);
    dispatch(parcel);

    assertThat(world.meter.values(Metric.PARCEL_AGE)).containsExactly(90.0);
  }

  @Test
  void sweep_parcelWaiting_tellsTheOldestAge() {
    world.dispatch.sweep().run();
    world.filled(1);
    world.clock.advance(Duration.ofMinutes(7));
    world.dispatch.sweep().run();

    assertThat(world.meter.values(Metric.OLDEST_PARCEL_AGE)).containsExactly(0.0, 420.0);
  }

  private void claim(Instant now, int... rows) {
    for (int row : rows) {
      Invitation stored = world.invitation(row);
      world.invitations.claim(
          List.of(id(row)),
          new Claim("s1", now, now.plusSeconds(60), "mail", stored.channel(), stored.redriven()));
    }
  }

  private static Settlement settlement(int row, Instant now) {
    return new Settlement(
        id(row),
        "s1",
        Cause.SETTLE,
        InvitationState.SENT,
        new JournalEntry(now, InvitationState.SENT, "mail", "accepted"),
        null,
        false,
        false);
  }

  private void dispatch(String parcel) {
    dispatcher.dispatch(List.of(parcel), world.deadline());
  }
}
