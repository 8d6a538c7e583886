package dev.beckon.dispatch;

import static dev.beckon.bed.World.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore.Claim;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore.Trial;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeadLettersTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private final World world = MONGO.world();
  private final DeadLetters deadLetters = world.dispatch.deadLetters();
  private final Dispatcher dispatcher = world.dispatch.dispatcher();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void take_manyRows_areHalvedOnceAndAllSent() {
    String parcel = world.filled(5);
    world.bulk.take(10);

    deadLetters.take(parcel);
    deadLetters.take(parcel);
    deadLetters.take("nobody");

    assertThat(world.parcel(parcel).state()).isEqualTo(Parcel.State.SPLIT);
    assertThat(world.parcel(parcel + "a").rows().rows()).containsExactly(1, 2);
    assertThat(world.parcel(parcel + "b").rows().rows()).containsExactly(3, 4, 5);
    assertThat(world.bulk.take(10))
        .containsExactly(Hint.parcel(parcel + "a"), Hint.parcel(parcel + "b"));
    assertThat(world.eventCodes()).containsExactly("parcel-dead-lettered");
    dispatch(parcel, parcel + "a", parcel + "b");
    assertThat(world.vendor.references()).hasSize(5).doesNotHaveDuplicates();
    assertThat(world.parcels.open(World.BATCH)).isZero();
  }

  @ParameterizedTest
  @EnumSource(Cuts.Side.class)
  void take_cutAtEveryStep_isHealedByARepeat(Cuts.Side side) {
    for (int step = 0; ; step++) {
      try (World fresh = MONGO.world()) {
        String parcel = fresh.filled(4);
        DeadLetters taker = fresh.dispatch.deadLetters();
        fresh.cuts.arm(step, side);
        try {
          taker.take(parcel);
        } catch (Cuts.Cut expected) {
          // the message is delivered again
        }
        boolean cut = fresh.cuts.disarm();
        taker.take(parcel);
        fresh.clock.advance(Duration.ofMinutes(31));
        fresh.dispatch.sweep().run();

        assertThat(fresh.bulk.take(10))
            .as("cut %s step %s", side, step)
            .contains(Hint.parcel(parcel + "a"), Hint.parcel(parcel + "b"));
        assertThat(fresh.parcel(parcel).state()).isEqualTo(Parcel.State.SPLIT);
        if (!cut) {
          return;
        }
      }
    }
  }

  @Test
  void dispatch_rowKillsThreeWorkers_isDead() {
    String parcel = suspect();
    killWorker(parcel);
    killWorker(parcel);
    killWorker(parcel);
    assertThat(world.state(1)).isEqualTo(InvitationState.ACCEPTED);

    dispatch(parcel);

    assertThat(world.state(1)).isEqualTo(InvitationState.DEAD);
    assertThat(world.parcel(parcel).state()).isEqualTo(Parcel.State.DONE);
    assertThat(world.vendor.given()).isEmpty();
  }

  @Test
  void dispatch_hopelessRowUnderASend_isLeftToTheSweep() {
    String parcel = suspect();
    killWorker(parcel);
    killWorker(parcel);
    killWorker(parcel);
    world.invitations.claim(
        List.of(id(1)),
        new Claim(
            "s",
            world.clock.instant(),
            world.clock.instant().plusSeconds(60),
            "mail",
            Channel.EMAIL,
            0));
    dispatch(parcel);
    assertThat(world.state(1)).isEqualTo(InvitationState.SENDING);
  }

  @Test
  void dispatch_orderlyEndBetweenKills_countsFromZeroAgain() {
    String parcel = suspect();
    killWorker(parcel);
    killWorker(parcel);
    world.configure("{}", "PAUSED", "scripted-sms");
    dispatch(parcel);
    world.clock.advance(Duration.ofMinutes(2));
    world.configure("{}");
    killWorker(parcel);
    killWorker(parcel);
    dispatch(parcel);
    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
  }

  /** Arrivals and errors are no kills: an outage of the store or a pause marks nobody dead. */
  @Test
  void dispatch_errorsAndPausesWithoutEnd_neverMarkDead() {
    String parcel = suspect();
    for (int i = 0; i < 5; i++) {
      world.cuts.before(
          "read", // of its contact, after the try was counted
          () -> {
            throw new IllegalStateException("the store is away");
          });
      dispatch(parcel);
    }
    world.configure("{}", "PAUSED", "scripted-sms");
    for (int i = 0; i < 5; i++) {
      dispatch(parcel);
      world.clock.advance(Duration.ofMinutes(2));
    }
    world.configure("{}");
    dispatch(parcel);
    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
  }

  @Test
  void dispatch_suspectInOtherHands_isLeftAlone() {
    String parcel = suspect();
    assertThat(tryOne(parcel)).isEqualTo(Trial.TAKEN);
    dispatch(parcel);
    assertThat(world.vendor.given()).isEmpty();
    assertThat(world.state(1)).isEqualTo(InvitationState.ACCEPTED);
  }

  private String suspect() {
    String parcel = world.filled(1);
    deadLetters.take(parcel);
    assertThat(world.parcel(parcel).suspect()).isTrue();
    return parcel;
  }

  /** A try that never ends in order: its hold runs out. */
  private void killWorker(String parcel) {
    assertThat(tryOne(parcel)).isEqualTo(Trial.TAKEN);
    world.clock.advance(Duration.ofMinutes(4));
  }

  private Trial tryOne(String parcel) {
    return world.parcels.tryOne(
        parcel, world.clock.instant(), world.clock.instant().plus(Duration.ofMinutes(3)), 3);
  }

  private void dispatch(String... parcels) {
    dispatcher.dispatch(List.of(parcels), world.deadline());
  }
}
