package dev.beckon.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.TestClock;
import dev.beckon.bed.World;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore.Claim;
import dev.beckon.parcel.Lane;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.RowSet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetentionTest {
  private static final LocalDate DAY = LocalDate.ofInstant(TestClock.START, ZoneOffset.UTC);

  /** Ninety days after the end of the day everything was stored on. */
  private static final Instant OVER = DAY.plusDays(91).atStartOfDay(ZoneOffset.UTC).toInstant();

  @RegisterExtension static final MongoHost HOST = new MongoHost();

  private static Retention retention(World world) {
    return new Retention(
        world.accounts,
        world.invitations,
        world.contacts,
        world.sweptKeys,
        world.answers,
        world.clock);
  }

  private static void moveTo(World world, Instant time) {
    world.clock.advance(Duration.between(world.clock.instant(), time));
  }

  private static boolean kept(World world, int row) {
    return !world.invitation(row).sealed().isNone();
  }

  @Test
  void run_retentionPassed_emptiesTheValuesAndDeletesTheKey() {
    try (World world = HOST.world()) {
      String parcel = world.filled(3);
      world.dispatch.dispatcher().dispatch(List.of(parcel), world.deadline());
      moveTo(world, OVER.minusSeconds(1));
      retention(world).run();

      assertThat(kept(world, 1)).isTrue();
      assertThat(world.keys.days("acme")).containsExactly(DAY);

      moveTo(world, OVER);
      retention(world).run();

      assertThat(List.of(kept(world, 1), kept(world, 2), kept(world, 3))).containsOnly(false);
      assertThat(world.keys.days("acme")).isEmpty();
      assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
      assertThat(world.invitation(1).token()).hasSize(22);
      assertThat(world.invitation(1).hash()).startsWith("k1:");
    }
  }

  @Test
  void run_rowStillClaimed_keepsItsKeyUntilItIsFinal() {
    try (World world = HOST.world()) {
      world.filled(2);
      moveTo(world, OVER);
      world.invitations.claim(
          List.of(World.id(1)),
          new Claim(
              "s1",
              world.clock.instant(),
              world.clock.instant().plusSeconds(60),
              "mail",
              Channel.EMAIL,
              0));
      retention(world).run();

      assertThat(world.state(2)).isEqualTo(InvitationState.EXPIRED);
      assertThat(kept(world, 2)).isFalse();
      assertThat(kept(world, 1)).isTrue();
      assertThat(world.keys.days("acme")).containsExactly(DAY);

      world.clock.advance(Duration.ofMinutes(5));
      world.dispatch.sweep().run();
      retention(world).run();

      assertThat(kept(world, 1)).isFalse();
      assertThat(world.keys.days("acme")).isEmpty();
    }
  }

  @Test
  void run_manyRows_isBoundedAndGoesOn() {
    try (World world = HOST.world()) {
      world.filled(50);
      moveTo(world, OVER);
      Retention small =
          new Retention(
              world.accounts,
              world.invitations,
              world.contacts,
              world.keys,
              world.answers,
              world.clock,
              10,
              2);
      small.run();

      assertThat(world.keys.days("acme")).containsExactly(DAY);
      assertThat(world.invitations.sealedUnder("acme", DAY, "", 100)).hasSize(30);

      small.run();
      small.run();

      assertThat(world.keys.days("acme")).isEmpty();
    }
  }

  @Test
  void run_cutAtAnyStep_isFinishedByTheNext() {
    int cuts = 0;
    for (Cuts.Side side : Cuts.Side.values()) {
      for (int step = 0; step < 30; step++) {
        try (World world = HOST.world()) {
          world.filled(2);
          moveTo(world, OVER);
          world.cuts.arm(step, side);
          try {
            retention(world).run();
            break;
          } catch (Cuts.Cut e) {
            cuts++;
          }
          world.cuts.disarm();
          retention(world).run();

          assertThat(kept(world, 1) || kept(world, 2)).isFalse();
          assertThat(world.keys.days("acme")).isEmpty();
        }
      }
    }
    assertThat(cuts).isBetween(10, 58);
  }

  @Test
  void redrive_ofARowThatPassedItsRetention_failsAndSaysWhy() {
    try (World world = HOST.world()) {
      String parcel = world.filled(1);
      moveTo(world, OVER);
      world.dispatch.dispatcher().dispatch(List.of(parcel), world.deadline());
      retention(world).run();
      world.parcels.insert(
          List.of(
              new Parcel(
                  "again",
                  "acme",
                  "stay",
                  World.BATCH,
                  Lane.BULK,
                  RowSet.of(List.of(1)),
                  Parcel.State.READY,
                  world.clock.instant(),
                  world.clock.instant(),
                  new Parcel.Redrive(
                      1,
                      Set.of(InvitationState.EXPIRED),
                      null,
                      world.clock.instant().plusSeconds(3_600)),
                  false)));
      world.dispatch.dispatcher().dispatch(List.of("again"), world.deadline());

      assertThat(world.state(1)).isEqualTo(InvitationState.FAILED);
      assertThat(world.invitation(1).journal().getLast().note())
          .contains("erased or have passed their retention", "new file");
      assertThat(world.vendor.given()).isEmpty();
    }
  }

  @Test
  void run_contactWhoseWindowPassed_isDeleted() {
    try (World world = HOST.world()) {
      world.configure("{\"fatigue\": \"P30D\"}");
      world.filled(1);
      String contact = "acme/stay/" + world.invitation(1).hash();
      world.clock.advance(Duration.ofDays(30));
      retention(world).run();

      assertThat(world.contacts.read(List.of(contact))).hasSize(1);

      world.clock.advance(Duration.ofDays(1).plusSeconds(1));
      retention(world).run();

      assertThat(world.contacts.read(List.of(contact))).isEmpty();
    }
  }
}
