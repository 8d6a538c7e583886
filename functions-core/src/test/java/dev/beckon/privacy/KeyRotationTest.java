package dev.beckon.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.bed.World.Keys;
import dev.beckon.feedback.Unsubscribe;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.Recipient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hash and master keys that change while people are being asked. */
class KeyRotationTest {
  private static final Keys ROTATING = new Keys("k2,k1", "m2,m1");
  private static final Keys ROTATED = new Keys("k2", "m2,m1");
  private static final Recipient GUEST_1 = new Recipient(Channel.EMAIL, "guest1@example.org");

  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private static void unsubscribe(World world, int row) {
    assertThat(
            new Unsubscribe(world.invitations, world.suppressed, world.clock)
                .unsubscribe(world.invitation(row).token()))
        .isTrue();
  }

  private static List<InvitationState> states(World world, int rows) {
    return IntStream.rangeClosed(1, rows).mapToObj(world::state).toList();
  }

  @Test
  void bothKeys_changedInTheMiddleOfABatch_everybodyIsAskedOnceOrLeftAlone() {
    try (World before = HOST.world();
        World after = before.restarted(ROTATING)) {
      before.intake.accept(before.request(World.BATCH, "0", World.rows(3)));
      unsubscribe(before, 2);
      before.clock.advance(Duration.ofDays(1));
      List<Row> rest =
          List.of(
              World.row(4, "guest1@example.org"),
              World.row(5, "guest2@example.org"),
              World.row(6, "guest6@example.org"));
      after.intake.accept(after.request(World.BATCH, "1", rest));
      after
          .dispatch
          .dispatcher()
          .dispatch(List.of(World.BATCH + ".0.0", World.BATCH + ".1.0"), after.deadline());

      assertThat(states(after, 6))
          .containsExactly(
              InvitationState.SENT,
              InvitationState.SUPPRESSED,
              InvitationState.SENT,
              InvitationState.DUPLICATE,
              InvitationState.SUPPRESSED,
              InvitationState.SENT);
      assertThat(after.vendor.references())
          .containsExactlyInAnyOrder(World.id(1), World.id(3), World.id(6));
      assertThat(after.invitation(3).hash()).startsWith("k1:");
      assertThat(after.invitation(6).hash()).startsWith("k2:");
    }
  }

  @Test
  void suppression_madeUnderTheNewKey_stopsARowHashedUnderTheOldOne() {
    try (World before = HOST.world();
        World after = before.restarted(ROTATING)) {
      String parcel = before.filled(2);
      after.suppressions.add(
          "acme", after.hasher.hash(GUEST_1), "unsubscribed", after.clock.instant());
      after.dispatch.dispatcher().dispatch(List.of(parcel), after.deadline());

      assertThat(states(after, 2))
          .containsExactly(InvitationState.SUPPRESSED, InvitationState.SENT);
    }
  }

  @Test
  void unsubscribe_byALinkOfTheOldKey_holdsWhenOnlyTheNewOneIsLeft() {
    try (World before = HOST.world();
        World during = before.restarted(ROTATING);
        World after = before.restarted(ROTATED)) {
      before.filled(1);
      unsubscribe(during, 1);
      after.intake.accept(after.request("b2", "0", List.of(World.row(1, "GUEST1@example.org"))));

      assertThat(after.invitation(Invitation.id("b2", 1)).state())
          .isEqualTo(InvitationState.SUPPRESSED);
      assertThat(after.suppressions.among("acme", during.hasher.all(GUEST_1)))
          .isEqualTo(Set.copyOf(during.hasher.all(GUEST_1)));
    }
  }

  @Test
  void fatigue_startedUnderTheOldKey_lastsUnderTheNewOne() {
    try (World before = HOST.world();
        World after = before.restarted(ROTATING)) {
      before.configure("{\"fatigue\": \"P30D\"}");
      String parcel = before.filled(1);
      before.dispatch.dispatcher().dispatch(List.of(parcel), before.deadline());
      before.clock.advance(Duration.ofDays(29));
      after.intake.accept(after.requestNow("b2", World.rows(2)));
      before.clock.advance(Duration.ofDays(2));
      after.intake.accept(after.requestNow("b3", World.rows(1)));

      assertThat(after.invitation(Invitation.id("b2", 1)).state())
          .isEqualTo(InvitationState.TOO_SOON);
      assertThat(after.invitation(Invitation.id("b2", 2)).state())
          .isEqualTo(InvitationState.ACCEPTED);
      assertThat(after.invitation(Invitation.id("b3", 1)).state())
          .isEqualTo(InvitationState.ACCEPTED);
    }
  }

  @Test
  void rerun_ofAnIntakeThatBeganUnderTheOldKey_keepsItsRows() {
    try (World before = HOST.world();
        World after = before.restarted(ROTATING)) {
      before.intake.accept(before.request(World.BATCH, "0", World.rows(2)));
      after.intake.accept(after.request(World.BATCH, "0", World.rows(2)));
      after.dispatch.dispatcher().dispatch(List.of(World.BATCH + ".0.0"), after.deadline());

      assertThat(states(after, 2)).containsOnly(InvitationState.SENT);
      assertThat(after.vendor.references()).hasSize(2);
    }
  }
}
