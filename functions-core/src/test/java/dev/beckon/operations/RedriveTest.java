package dev.beckon.operations;

import static dev.beckon.bed.World.BATCH;
import static dev.beckon.bed.World.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.World;
import dev.beckon.dispatch.Dispatcher;
import dev.beckon.events.Event;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore.Reopening;
import dev.beckon.invitation.Invitations;
import dev.beckon.invitation.Search;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore.Listing;
import dev.beckon.testing.Together;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class RedriveTest {
  private static final SendResult NO = SendResult.of(SendCode.BAD_RECIPIENT, "550 no");
  private static final SendResult SILENT = SendResult.of(SendCode.NO_REPLY, "no answer");

  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private final World world = MONGO.world();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void file_failedRows_areSentOnceMoreUnderANewKey() {
    fill(world, 3, NO, 1, 3);

    RedrivePlan filed = redrive(world, usual());
    work(world);

    assertThat(filed.rows()).isEqualTo(2);
    assertThat(filed.states()).isEqualTo(Map.of(InvitationState.FAILED, 2L));
    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
    assertThat(world.state(3)).isEqualTo(InvitationState.SENT);
    assertThat(world.vendor.references()).hasSize(5);
    assertThat(world.vendor.given().stream().map(message -> message.key()).distinct()).hasSize(5);
    assertThat(world.parcels.open(BATCH)).isZero();
  }

  @Test
  void file_again_findsNothingLeft() {
    fill(world, 2, NO, 1);
    redrive(world, usual());
    work(world);

    assertThat(redrive(world, usual()).rows()).isZero();
    assertThat(world.eventCodes()).containsExactly("redrive-filed");
  }

  @Test
  void plan_rows_saysWhatFileWouldDoAndChangesNothing() {
    fill(world, 3, SendResult.of(SendCode.BAD_RECIPIENT, "550 queue A1B2C3D4 no"), 1, 2);

    RedrivePlan plan = plan(world, usual());

    assertThat(plan.rows()).isEqualTo(2);
    assertThat(plan.parcels()).isEqualTo(1);
    assertThat(plan.number()).isZero();
    assertThat(plan.dispatches()).isEqualTo(Map.of("stay", 2L));
    assertThat(plan.batches()).isEqualTo(Map.of(BATCH, 2L));
    assertThat(plan.reasons()).isEqualTo(Map.of("bad-recipient: 550 queue … no", 2L));
    assertThat(open(world)).isEmpty();
    assertThat(world.eventCodes()).isEmpty();
    assertThat(world.state(1)).isEqualTo(InvitationState.FAILED);
  }

  @Test
  void file_reasonGiven_leavesOtherRowsAlone() {
    String parcel = world.filled(2);
    world.vendor.answers(id(1), NO);
    world.vendor.answers(id(2), SendResult.of(SendCode.BAD_CONTENT, "spam"));
    dispatch(world, parcel);

    redrive(world, search(Set.of(), "SPAM"));
    work(world);

    assertThat(world.state(1)).isEqualTo(InvitationState.FAILED);
    assertThat(world.state(2)).isEqualTo(InvitationState.SENT);
  }

  @Test
  void file_twoRedrivesAndFourWorkersAtOnce_sendEachRowOnce() throws Exception {
    fill(world, 40, NO, rows(40));
    world.clock.stepPerLook(Duration.ofMillis(1)); // each redrive has a number of its own

    Together.run(
        4,
        i -> {
          redrive(world, usual());
          return i;
        });
    Together.run(
        4,
        i -> {
          work(world);
          return i;
        });
    settleDown(world);

    assertThat(world.vendor.references()).hasSize(80);
    assertThat(world.invitations.countByState(BATCH)).isEqualTo(Map.of(InvitationState.SENT, 40L));
    assertThat(world.parcels.open(BATCH)).isZero();
  }

  @Test
  void file_earlierRedriveOfTheRow_numberRisesThoughTheClockDoesNot() {
    fill(world, 1, NO, 1);
    long ahead = world.clock.instant().plus(Duration.ofDays(1)).toEpochMilli();
    world.invitations.reopen(
        List.of(id(1)),
        new Reopening(Set.of(InvitationState.FAILED), ahead, null, null),
        world.clock.instant());
    world.vendor.answers(id(1), NO);
    world.parcels.insert(List.of(copy(world.parcel(BATCH + ".0.0"), "again")));
    dispatch(world, "again");
    assertThat(world.state(1)).isEqualTo(InvitationState.FAILED);

    redrive(world, usual());
    work(world);

    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
    assertThat(world.invitation(1).redriven()).isEqualTo(ahead + 1);
  }

  @Test
  void file_contactTakenByAnotherMeanwhile_endsTooSoon() {
    world.configure("{\"fatigue\": \"P30D\"}");
    fill(world, 1, NO, 1);
    world.intake.accept(world.request("b2", "0", World.rows(1)));
    work(world);
    assertThat(world.invitation(Invitation.id("b2", 1)).state()).isEqualTo(InvitationState.SENT);

    redrive(world, usual());
    work(world);

    assertThat(world.state(1)).isEqualTo(InvitationState.TOO_SOON);
    assertThat(world.vendor.references()).containsOnlyOnce(id(1));
    assertThat(world.parcels.open(BATCH)).isZero();
  }

  @Test
  void file_recipientSuppressedMeanwhile_endsSuppressed() {
    fill(world, 1, NO, 1);
    world.suppressions.add(
        "acme", world.invitation(1).hash(), "unsubscribed", world.clock.instant());

    redrive(world, usual());
    work(world);

    assertThat(world.state(1)).isEqualTo(InvitationState.SUPPRESSED);
    assertThat(world.vendor.references()).hasSize(1);
    assertThat(world.parcels.open(BATCH)).isZero();
  }

  @Test
  void file_inDoubt_isUntouchedUnlessNamed() {
    fill(world, 2, SILENT, 1);
    assertThat(world.state(1)).isEqualTo(InvitationState.IN_DOUBT);

    assertThat(redrive(world, usual()).rows()).isZero();
    work(world);
    assertThat(world.state(1)).isEqualTo(InvitationState.IN_DOUBT);

    RedriveOrder named = search(Set.of(InvitationState.IN_DOUBT), null);
    assertThat(named.mayAskTwice()).isTrue();
    assertThat(usual().mayAskTwice()).isFalse();
    redrive(world, named);
    work(world);
    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
  }

  @Test
  void order_statesThatCannotBeRedriven_areNamed() {
    assertThatThrownBy(() -> search(Set.of(InvitationState.SENT, InvitationState.DEAD), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SENT cannot be redriven")
        .hasMessageContaining("FAILED, DEAD, IN_DOUBT, EXPIRED, CANCELLED");
    assertThatThrownBy(() -> new RedriveOrder(Search.all(), Duration.ZERO))
        .hasMessageContaining("future");
  }

  @Test
  void file_pastExpiry_isLeftOutUnlessExtended() {
    world.configure("{\"expires\": \"PT1H\"}");
    String parcel = world.filled(2);
    world.vendor.answers(id(2), NO);
    dispatch(world, parcel);
    fill(world, "b2", 1);
    world.clock.advance(Duration.ofHours(2));
    work(world);
    String late = Invitation.id("b2", 1);
    assertThat(world.invitation(late).state()).isEqualTo(InvitationState.EXPIRED);

    RedrivePlan left = redrive(world, usual());
    assertThat(left.rows()).isZero();
    assertThat(left.pastExpiry()).isEqualTo(2);

    redrive(world, new RedriveOrder(Search.all(), Duration.ofHours(1)));
    work(world);
    assertThat(world.state(2)).isEqualTo(InvitationState.SENT);
    assertThat(world.invitation(late).state()).isEqualTo(InvitationState.SENT);
    assertThat(world.invitation(late).expires())
        .isEqualTo(world.clock.instant().plus(Duration.ofHours(1)));
  }

  @Test
  void file_rowThatKilledItsWorkers_goesOutWhenTheCauseIsMended() {
    String parcel = world.filled(1);
    world.bulk.take(10);
    killThreeTimes(parcel);
    dispatch(world, parcel);
    assertThat(world.state(1)).isEqualTo(InvitationState.DEAD);

    redrive(world, usual());
    String again = open(world).getFirst().id();
    world.bulk.take(10);
    killThreeTimes(again);
    dispatch(world, again);
    assertThat(world.state(1)).as("it still kills").isEqualTo(InvitationState.DEAD);
    assertThat(world.parcel(again).state()).isEqualTo(Parcel.State.DONE);

    redrive(world, usual());
    work(world);
    assertThat(world.state(1)).isEqualTo(InvitationState.SENT);
  }

  /** Its rows would otherwise keep it open, and hinted at, for ever. */
  @Test
  void dispatch_redriveOfADispatchThatIsGone_endsItsParcel() {
    fill(world, 1, NO, 1);
    Parcel first = world.parcel(BATCH + ".0.0");
    world.parcels.insert(
        List.of(
            new Parcel(
                "gone",
                "acme",
                "nobody",
                BATCH,
                first.lane(),
                first.rows(),
                Parcel.State.READY,
                first.createdAt(),
                first.due(),
                new Parcel.Redrive(9, Set.of(InvitationState.FAILED), null, null),
                false)));
    world.bulk.take(10);

    dispatch(world, "gone");

    assertThat(world.parcel("gone").state()).isEqualTo(Parcel.State.DONE);
    assertThat(world.invitation(1).journal().getLast().note()).contains("no dispatch nobody");
    assertThat(world.bulk.take(10)).isEmpty();
  }

  @Test
  void dispatch_rowsThatChangedBeforeTheRedrive_endItsParcel() {
    fill(world, 2, NO, 1, 2);
    redrive(world, usual());
    String second = redriveParcel();
    world.clock.advance(Duration.ofSeconds(1));
    redrive(world, usual());
    work(world);
    assertThat(world.parcel(second).state()).isEqualTo(Parcel.State.DONE);
    assertThat(world.parcels.open(BATCH)).isZero();
    assertThat(world.vendor.references()).hasSize(4);
  }

  @Test
  void file_manyBatches_makesParcelsOfOneBatchAndAtMostTwoThousandRows() {
    Invitations rows = Invitations.sample().of("acme", "stay").state(InvitationState.DEAD);
    world.invitations.insert(rows.batch("big").rows(2_500));
    world.invitations.insert(rows.batch("one").rows(1));
    world.invitations.insert(rows.batch("two").rows(2));

    RedrivePlan filed = redrive(world, usual());

    List<Parcel> parcels = open(world);
    assertThat(filed.rows()).isEqualTo(2_503);
    assertThat(filed.parcels()).isEqualTo(parcels.size());
    assertThat(parcels).allMatch(parcel -> parcel.rows().size() <= Parcel.MOST_ROWS);
    assertThat(parcels.stream().flatMap(parcel -> parcel.ids().stream()))
        .hasSize(2_503)
        .doesNotHaveDuplicates();
    assertThat(world.bulk.take(10))
        .containsExactlyInAnyOrderElementsOf(
            parcels.stream().map(parcel -> Hint.parcel(parcel.id())).toList());
  }

  @ParameterizedTest
  @EnumSource(Cuts.Side.class)
  void file_cutAtEveryStep_isHealedByRunningItAgain(Cuts.Side side) {
    for (int step = 0; ; step++) {
      try (World fresh = MONGO.world()) {
        fill(fresh, 3, NO, 1, 2, 3);
        fresh.vendor.answers(Invitation.id("b2", 1), NO);
        fill(fresh, "b2", 1);
        work(fresh);
        fresh.cuts.arm(step, side);
        try {
          redrive(fresh, usual());
        } catch (Cuts.Cut expected) {
          // the operator's connection broke
        }
        boolean cut = fresh.cuts.disarm();
        fresh.clock.advance(Duration.ofSeconds(1));
        redrive(fresh, usual());
        settleDown(fresh);

        assertThat(fresh.invitations.countByState(BATCH))
            .as("cut %s step %s", side, step)
            .isEqualTo(Map.of(InvitationState.SENT, 3L));
        assertThat(fresh.invitations.countByState("b2"))
            .isEqualTo(Map.of(InvitationState.SENT, 1L));
        assertThat(fresh.vendor.references()).hasSize(8);
        assertThat(open(fresh)).isEmpty();
        if (!cut) {
          return;
        }
      }
    }
  }

  /** What was filed before the cut goes out although nobody runs the command again. */
  @ParameterizedTest
  @EnumSource(Cuts.Side.class)
  void file_cutAndNotRepeated_leavesASmallerRedriveThatIsComplete(Cuts.Side side) {
    for (int step = 0; ; step++) {
      try (World fresh = MONGO.world()) {
        fill(fresh, 3, NO, 1, 2, 3);
        fresh.cuts.arm(step, side);
        try {
          redrive(fresh, usual());
        } catch (Cuts.Cut expected) {
          // the operator's connection broke
        }
        boolean cut = fresh.cuts.disarm();
        settleDown(fresh);

        assertThat(fresh.invitations.countByState(BATCH))
            .as("cut %s step %s", side, step)
            .isIn(Map.of(InvitationState.SENT, 3L), Map.of(InvitationState.FAILED, 3L));
        assertThat(open(fresh)).isEmpty();
        if (!cut) {
          return;
        }
      }
    }
  }

  @Test
  void file_inStretches_takesEveryRowOnce() {
    fill(world, 5, NO, rows(5));
    Redrive redrive = world.operations.redrive();
    List<Long> taken = new ArrayList<>();
    String after = "";
    while (after != null) {
      Stretch stretch = new Stretch(after, 2, Duration.ofMinutes(1));
      RedrivePlan plan = redrive.plan(usual(), stretch);
      RedrivePlan filed = redrive.file(usual(), stretch, plan, "ops");
      assertThat(filed.rows()).isEqualTo(plan.rows());
      assertThat(filed.next()).isEqualTo(plan.next());
      taken.add(filed.rows());
      after = filed.next();
    }
    work(world);

    assertThat(taken).containsExactly(2L, 2L, 1L);
    assertThat(world.vendor.references()).hasSize(10);
    assertThat(world.invitations.countByState(BATCH)).isEqualTo(Map.of(InvitationState.SENT, 5L));
  }

  @Test
  void file_timeIsOver_stopsBehindAPageAndSaysWhere() {
    fill(world, 2, NO, 1, 2);
    world.clock.stepPerLook(Duration.ofSeconds(1));

    RedrivePlan first =
        world.operations.redrive().plan(usual(), new Stretch("", 100, Duration.ofMillis(1)));

    assertThat(first.rows()).isEqualTo(2);
    assertThat(first.next()).isEqualTo(id(2));
  }

  @Test
  void file_byRecipient_tellsWhoAndHowManyButNoAddress() {
    fill(world, 2, NO, 1, 2);
    Set<String> hashes = world.operations.finder().hashes(" Guest2@EXAMPLE.org ", null);

    redrive(
        world, new RedriveOrder(new Search(hashes, null, null, null, Set.of(), null, null), null));
    work(world);

    assertThat(world.state(1)).isEqualTo(InvitationState.FAILED);
    assertThat(world.state(2)).isEqualTo(InvitationState.SENT);
    Event event = world.events.newest(1).getFirst();
    assertThat(event.message())
        .contains("ops redrives 1 invitations", "one recipient", "FAILED")
        .doesNotContainIgnoringCase("guest2")
        .doesNotContain("k1:");
  }

  private static RedriveOrder usual() {
    return search(Set.of(), null);
  }

  private static RedriveOrder search(Set<InvitationState> states, @Nullable String reason) {
    return new RedriveOrder(new Search(Set.of(), null, null, null, states, null, reason), null);
  }

  private static int[] rows(int n) {
    return IntStream.rangeClosed(1, n).toArray();
  }

  /** Accepts rows 1 to n and dispatches them; some end as the vendor answers. */
  private static void fill(World world, int n, SendResult answer, int... rows) {
    String parcel = world.filled(n);
    for (int row : rows) {
      world.vendor.answers(id(row), answer);
    }
    dispatch(world, parcel);
    world.bulk.take(10);
  }

  private static void fill(World world, String batch, int n) {
    world.intake.accept(world.request(batch, "0", World.rows(n)));
  }

  private static RedrivePlan plan(World world, RedriveOrder order) {
    return world.operations.redrive().plan(order);
  }

  private static RedrivePlan redrive(World world, RedriveOrder order) {
    Redrive redrive = world.operations.redrive();
    return redrive.file(order, redrive.plan(order), "ops");
  }

  /** Works on every hint there is. */
  private static void work(World world) {
    for (List<String> hints = world.bulk.take(10); !hints.isEmpty(); hints = world.bulk.take(10)) {
      dispatch(
          world,
          hints.stream().map(hint -> hint.substring("parcel/".length())).toArray(String[]::new));
    }
  }

  /** Time passes, the timer runs, workers work. */
  private static void settleDown(World world) {
    for (int i = 0; i < 3; i++) {
      world.clock.advance(Duration.ofMinutes(31));
      world.dispatch.sweep().run();
      work(world);
    }
  }

  private static void dispatch(World world, String... parcels) {
    Dispatcher dispatcher = world.dispatch.dispatcher();
    dispatcher.dispatch(List.of(parcels), world.deadline());
  }

  private static List<Parcel> open(World world) {
    Listing open = new Listing(null, Set.of(Parcel.State.READY, Parcel.State.FILLING), false);
    List<Parcel> parcels = new ArrayList<>();
    world.parcels.list(open, "", 100).forEach(listed -> parcels.add(listed.parcel()));
    return parcels;
  }

  private String redriveParcel() {
    return open(world).stream()
        .map(Parcel::id)
        .filter(i -> i.contains(".r"))
        .findFirst()
        .orElseThrow();
  }

  private void killThreeTimes(String parcel) {
    world.dispatch.deadLetters().take(parcel);
    for (int i = 0; i < 3; i++) {
      Instant now = world.clock.instant();
      world.parcels.tryOne(parcel, now, now.plus(Duration.ofMinutes(3)), 3);
      world.clock.advance(Duration.ofMinutes(4));
    }
  }

  private static Parcel copy(Parcel parcel, String id) {
    return new Parcel(
        id,
        parcel.account(),
        parcel.dispatch(),
        parcel.batch(),
        parcel.lane(),
        parcel.rows(),
        Parcel.State.READY,
        parcel.createdAt(),
        parcel.due(),
        null,
        false);
  }
}
