package dev.beckon.dispatch;

import static dev.beckon.bed.World.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore.Claim;
import dev.beckon.parcel.Hint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private final World world = MONGO.world();
  private final Sweep sweep = world.dispatch.sweep();

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource({"hold, 10, IN_DOUBT", "resend, 10, RETRY", "resend, 1, IN_DOUBT"})
  void run_claimOutlivedItsWorker_isExpired(String inDoubt, int most, InvitationState to) {
    world.configure("{\"inDoubt\": \"%s\", \"maxAttempts\": %d}".formatted(inDoubt, most));
    world.filled(2);
    claim(1);

    sweep.run();
    world.clock.advance(Duration.ofMinutes(3));
    sweep.run();
    assertThat(world.state(1)).isEqualTo(InvitationState.SENDING);
    world.clock.advance(Duration.ofMillis(1));
    sweep.run();

    assertThat(world.state(1)).isEqualTo(to);
    assertThat(world.state(2)).isEqualTo(InvitationState.ACCEPTED);
    assertThat(world.eventCodes()).containsExactly("claims-expired");
    sweep.run();
    assertThat(world.state(1)).isEqualTo(to);
  }

  @Test
  void run_hintRefusedByTheQueue_isSentOnTheNextRun() {
    world.bulk.refuse(true);
    String parcel = world.filled(1);
    sweep.run();
    world.bulk.refuse(false);
    sweep.run();
    sweep.run();
    assertThat(world.bulk.take(10)).containsExactly(Hint.parcel(parcel));
  }

  @Test
  void run_freshHint_isNotRepeatedUntilHalfAnHourHasPassed() {
    String parcel = world.filled(1);
    world.bulk.take(10);
    world.clock.advance(Duration.ofMinutes(30));
    sweep.run();
    assertThat(world.bulk.size()).isZero();
    world.clock.advance(Duration.ofMillis(1));
    sweep.run();
    assertThat(world.bulk.take(10)).containsExactly(Hint.parcel(parcel));
  }

  @Test
  void run_dueAfterItsLastHint_isHintedAtOnceWhenDue() {
    String parcel = world.filled(1);
    world.bulk.take(10);
    world.parcels.defer(parcel, world.clock.instant().plusSeconds(20));
    world.clock.advance(Duration.ofSeconds(19));
    sweep.run();
    assertThat(world.bulk.size()).isZero();
    world.clock.advance(Duration.ofSeconds(1));
    sweep.run();
    assertThat(world.bulk.take(10)).containsExactly(Hint.parcel(parcel));
  }

  @Test
  void run_finishedParcel_isNotHinted() {
    String parcel = world.filled(1);
    world.bulk.take(10);
    world.parcels.done(parcel);
    world.clock.advance(Duration.ofDays(1));
    sweep.run();
    assertThat(world.bulk.size()).isZero();
  }

  /** A worker that is quicker than the note of its own hint: the hint is older than its result. */
  @Test
  void run_workerDefersBeforeTheHintIsNoted_isHintedAgain() {
    world.cuts.before(
        "nudged",
        () -> {
          world.clock.advance(Duration.ofMillis(50));
          world.parcels.defer("b1.0.0", world.clock.instant());
          world.clock.advance(Duration.ofMillis(50));
        });
    world.filled(1);
    world.bulk.take(10);
    sweep.run();
    assertThat(world.bulk.take(10)).containsExactly(Hint.parcel("b1.0.0"));
  }

  @Test
  void run_workerDied_leavesItsRowsToTheNext() {
    String parcel = world.filled(2);
    claim(1);
    world.dispatch.dispatcher().dispatch(List.of(parcel), world.deadline());
    assertThat(world.state(2)).isEqualTo(InvitationState.SENT);
    world.bulk.take(10);
    world.clock.advance(Duration.ofMinutes(4));
    sweep.run();

    assertThat(world.bulk.take(10)).containsExactly(Hint.parcel(parcel));
    world.dispatch.dispatcher().dispatch(List.of(parcel), world.deadline());
    assertThat(world.parcels.open(World.BATCH)).isZero();
    assertThat(world.vendor.references()).containsExactly(id(2));
  }

  private void claim(int row) {
    world.invitations.claim(
        List.of(id(row)),
        new Claim(
            "s",
            world.clock.instant(),
            world.clock.instant().plus(Duration.ofMinutes(3)),
            "mail",
            Channel.EMAIL,
            0));
  }
}
