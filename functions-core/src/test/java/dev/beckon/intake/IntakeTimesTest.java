package dev.beckon.intake;

import static dev.beckon.bed.World.BATCH;
import static dev.beckon.bed.World.row;
import static dev.beckon.bed.World.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.TestClock;
import dev.beckon.bed.TwoDispatches;
import dev.beckon.bed.World;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.parcel.Lane;
import dev.beckon.parcel.Parcel;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Intake of rows that go out later, and of recipients whom a whole account shares. */
class IntakeTimesTest {
  private static final String WEEK = "{\"fatigue\": \"P7D\"}";

  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private final World world = MONGO.world();

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          PT0S, -, PT0S
          PT2H, -, PT2H
          PT2H, PT1H, PT2H
          PT2H, PT3H, PT3H
          PT0S, -PT1H, PT0S
          PT0S, P365D, P365D
          """)
  void accept_delayAndSendAt_goesOutAtTheLaterAndExpiresAfterIt(
      String delay, @Nullable Duration sendAt, Duration after) {
    world.configure("{\"expires\": \"P2D\", \"delay\": \"" + delay + "\"}");

    world.intake.accept(request(sendAt));

    Instant due = TestClock.START.plus(after);
    assertThat(world.invitation(1).notBefore()).isEqualTo(due);
    assertThat(world.invitation(1).expires()).isEqualTo(due.plus(Duration.ofDays(2)));
    assertThat(world.invitation(1).acceptedAt()).isEqualTo(TestClock.START);
    assertThat(world.parcel("b1.0.0").state()).isEqualTo(Parcel.State.READY);
    assertThat(world.parcel("b1.0.0").due()).isEqualTo(due);
    assertThat(world.bulk.take(10).isEmpty()).isEqualTo(!after.isZero());
  }

  @Test
  void accept_sendAtTooFarAhead_saysSo() {
    assertThatThrownBy(() -> request(Duration.ofDays(365).plusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sendAt 2027-03-02")
        .hasMessageContaining("365 days");
  }

  @Test
  void sweep_delayedParcel_isHintedWhenItIsDueAndNotBefore() {
    world.configure("{\"delay\": \"PT2H\"}");
    String parcel = world.filled(2);
    assertThat(world.bulk.size()).isZero();

    world.clock.advance(Duration.ofHours(2).minusMillis(1));
    world.dispatch.sweep().run();
    assertThat(world.bulk.size()).isZero();
    world.clock.advance(Duration.ofMillis(1));
    world.dispatch.sweep().run();

    assertThat(world.bulk.take(10)).containsExactly("parcel/" + parcel);
    world.dispatch.dispatcher().dispatch(List.of(parcel), world.deadline());
    assertThat(world.vendor.given()).hasSize(2);
  }

  @Test
  void sweep_finishesADelayedIntake_whichIsDueWithItsRows() {
    world.configure("{\"delay\": \"PT2H\"}");
    world.cuts.before(
        "take",
        () -> {
          throw new IllegalStateException("the store is gone");
        });
    assertThatThrownBy(() -> world.intake.accept(world.request(BATCH, "0", rows(2))))
        .hasMessage("the store is gone");
    world.clock.advance(Duration.ofMinutes(16));

    world.dispatch.sweep().run();

    assertThat(world.parcel("b1.0.0").state()).isEqualTo(Parcel.State.READY);
    assertThat(world.parcel("b1.0.0").due()).isEqualTo(TestClock.START.plus(Duration.ofHours(2)));
    assertThat(world.bulk.size()).isZero();
  }

  @Test
  void accept_zones_areKeptOrRefusedByName() {
    Receipt receipt =
        world.intake.accept(
            world.request(
                BATCH,
                "0",
                List.of(
                    zoned(1, "Europe/Berlin"),
                    zoned(2, " pacific/apia "),
                    zoned(3, null),
                    zoned(4, "Berlin"),
                    zoned(5, "+02:00"))));

    assertThat(world.invitation(1).zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(world.invitation(2).zone()).isEqualTo(ZoneId.of("Pacific/Apia"));
    assertThat(world.invitation(3).zone()).isNull();
    assertThat(receipt.refused())
        .extracting(no -> no.row() + " " + no.field() + " " + no.code() + " " + no.value())
        .containsExactly("4 zone zone-unknown Berlin", "5 zone zone-unknown +02:00");
    assertThat(receipt.refused().getFirst().message()).contains("Europe/Berlin");
  }

  @Test
  void accept_accountsWindow_isTooSoonForAnotherDispatchUntilItHasPassed() {
    TwoDispatches two = TwoDispatches.in(world, "P2D", "{}");
    world.intake.accept(two.request("stay", "b1", rows(1)));
    world.intake.accept(two.request("leave", "b2", rows(1)));
    world.clock.advance(Duration.ofDays(2));
    world.intake.accept(two.request("leave", "b3", rows(1)));

    assertThat(state("b1")).isEqualTo(InvitationState.ACCEPTED);
    assertThat(state("b2")).isEqualTo(InvitationState.TOO_SOON);
    assertThat(state("b3")).isEqualTo(InvitationState.ACCEPTED);
  }

  @Test
  void accept_holderOfTheAccountsContactEndedUnsent_takesItOver() {
    TwoDispatches two = TwoDispatches.in(world, "P2D", WEEK);
    world.intake.accept(two.request("stay", "b1", rows(1)));
    world.invitations.move(
        List.of(Invitation.id("b1", 1)),
        Cause.DROP,
        JournalEntry.of(world.clock.instant(), InvitationState.FAILED, ""));

    world.intake.accept(two.request("leave", "b2", rows(1)));

    assertThat(state("b2")).isEqualTo(InvitationState.ACCEPTED);
  }

  /** A row that got only the first of its two contacts holds nobody up. */
  @Test
  void accept_loserOfTheSecondContact_givesTheFirstUp() {
    TwoDispatches two = TwoDispatches.in(world, "P2D", WEEK);
    world.intake.accept(two.request("stay", "b1", rows(1)));
    world.intake.accept(two.request("leave", "b2", rows(1)));
    world.invitations.move(
        List.of(Invitation.id("b1", 1)),
        Cause.DROP,
        JournalEntry.of(world.clock.instant(), InvitationState.FAILED, ""));

    world.intake.accept(two.request("leave", "b3", rows(1)));

    assertThat(state("b2")).isEqualTo(InvitationState.TOO_SOON);
    assertThat(state("b3")).isEqualTo(InvitationState.ACCEPTED);
  }

  @ParameterizedTest
  @EnumSource(Cuts.Side.class)
  void accept_twoContactsCutAtEveryStep_isHealedByTheSameRequest(Cuts.Side side) {
    List<Row> guests = new ArrayList<>(rows(4));
    for (int step = 0; ; step++) {
      try (World fresh = MONGO.world()) {
        TwoDispatches two = TwoDispatches.in(fresh, "P2D", WEEK);
        fresh.intake.accept(two.request("leave", "b0", List.of(row(1, "guest2@example.org"))));
        fresh.intake.accept(two.request("stay", "b5", List.of(row(1, "guest3@example.org"))));
        IntakeRequest request = two.request("stay", BATCH, guests);
        boolean cut = cut(fresh, step, side, request);

        Receipt receipt = fresh.intake.accept(request);
        fresh.intake.accept(two.request("leave", "b9", rows(4)));

        String where = "cut " + side + " step " + step;
        assertThat(receipt.stored())
            .as(where)
            .containsOnly(
                Map.entry(InvitationState.ACCEPTED, 2), Map.entry(InvitationState.TOO_SOON, 2));
        assertThat(fresh.state(1)).as(where).isEqualTo(InvitationState.ACCEPTED);
        assertThat(fresh.state(4)).as(where).isEqualTo(InvitationState.ACCEPTED);
        assertThat(fresh.invitations.countByState("b9"))
            .as(where)
            .containsOnly(Map.entry(InvitationState.TOO_SOON, 4L));
        assertThat(fresh.parcel("b1.0.0").state()).as(where).isEqualTo(Parcel.State.READY);
        if (!cut) {
          assertThat(step).isGreaterThan(8);
          return;
        }
      }
    }
  }

  /**
   * The window passes between the cut and the second run, and somebody else asks meanwhile: one of
   * the two rows goes out, never both and never none.
   */
  @ParameterizedTest
  @EnumSource(Cuts.Side.class)
  void accept_windowPassesDuringIntake_asksOnce(Cuts.Side side) {
    for (int step = 0; ; step++) {
      try (World fresh = MONGO.world()) {
        TwoDispatches two =
            TwoDispatches.in(fresh, "PT1H", "{\"fatigue\": \"PT2H\", \"expires\": \"P2D\"}");
        IntakeRequest request = two.request("stay", BATCH, rows(1));
        boolean cut = cut(fresh, step, side, request);
        fresh.clock.advance(Duration.ofHours(3));
        fresh.intake.accept(two.request("leave", "b2", rows(1)));
        fresh.intake.accept(two.request("stay", "b3", rows(1)));

        fresh.intake.accept(request);
        fresh
            .dispatch
            .dispatcher()
            .dispatch(List.of("b1.0.0", "b2.0.0", "b3.0.0"), fresh.deadline());

        assertThat(fresh.vendor.references())
            .as("cut %s step %s", side, step)
            .containsExactly(Invitation.id("b2", 1));
        if (!cut) {
          return;
        }
      }
    }
  }

  private static boolean cut(World fresh, int step, Cuts.Side side, IntakeRequest request) {
    fresh.cuts.arm(step, side);
    boolean cut = false;
    try {
      fresh.intake.accept(request);
    } catch (Cuts.Cut expected) {
      cut = true;
    }
    fresh.cuts.disarm();
    return cut;
  }

  private IntakeRequest request(@Nullable Duration sendAt) {
    return new IntakeRequest(
        world.account(),
        world.stay(),
        BATCH,
        "0",
        Lane.BULK,
        TestClock.START,
        sendAt == null ? null : TestClock.START.plus(sendAt),
        rows(1));
  }

  private static Row zoned(int number, @Nullable String zone) {
    return new Row(
        number,
        Map.of(Channel.EMAIL, "guest" + number + "@example.org"),
        Map.of("first_name", "Ada"),
        null,
        zone,
        null);
  }

  private InvitationState state(String batch) {
    return world.invitation(Invitation.id(batch, 1)).state();
  }
}
