package dev.beckon.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.invitation.InvitationState;
import dev.beckon.parcel.ParcelStore.Listed;
import dev.beckon.parcel.ParcelStore.Listing;
import dev.beckon.parcel.ParcelStore.Owner;
import dev.beckon.parcel.ParcelStore.Trial;
import dev.beckon.testing.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link ParcelStore} keeps. Each test starts with an empty store. */
public abstract class ParcelStoreContract {
  private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");
  private static final Instant OLD = NOON.minus(Duration.ofMinutes(30));

  protected abstract ParcelStore store();

  private static Parcel parcel(String id, Parcel.State state, int rows) {
    return new Parcel(
        id,
        "acme",
        "welcome",
        "b1",
        Lane.BULK,
        RowSet.of(IntStream.rangeClosed(1, rows).boxed().toList()),
        state,
        NOON,
        NOON,
        null,
        false);
  }

  private static Parcel redrive(@Nullable String send) {
    return new Parcel(
        "r" + send,
        "acme",
        "welcome",
        "b1",
        Lane.PRIORITY,
        RowSet.parse("3,5-9,2000"),
        Parcel.State.READY,
        NOON,
        NOON.plusSeconds(5),
        new Parcel.Redrive(
            1L << 40,
            Set.of(InvitationState.DEAD, InvitationState.FAILED),
            send,
            send == null ? NOON.plusSeconds(99) : null),
        true);
  }

  private Parcel put(String id, Parcel.State state, int rows) {
    Parcel parcel = parcel(id, state, rows);
    store().insert(List.of(parcel));
    return parcel;
  }

  private Parcel stored(String id) {
    return store().load(List.of(id)).get(id);
  }

  private List<String> due(Instant now) {
    return store().due(now, OLD, 10).stream().map(Parcel::id).toList();
  }

  private Parcel put(String id, String dispatch, Instant due, int rows) {
    Parcel parcel =
        new Parcel(
            id,
            "acme",
            dispatch,
            "b1",
            Lane.BULK,
            RowSet.of(IntStream.rangeClosed(1, rows).boxed().toList()),
            Parcel.State.READY,
            NOON,
            due,
            null,
            false);
    store().insert(List.of(parcel));
    return parcel;
  }

  @Test
  void due_withoutSomeDispatches_leavesTheirsOut() {
    put("p1", "welcome", NOON, 1);
    put("p2", "visit", NOON.plusSeconds(1), 1);
    put("p3", "farewell", NOON.plusSeconds(2), 1);

    assertThat(
            store()
                .due(
                    NOON.plusSeconds(5),
                    OLD,
                    List.of(new Owner("acme", "welcome"), new Owner("other", "visit")),
                    10))
        .extracting(Parcel::id)
        .containsExactly("p2", "p3");
  }

  @Test
  void oldestDue_readyAndNotSuspect_isTheOneDueLongest() {
    assertThat(store().oldestDue(NOON)).isEmpty();
    put("p1", "visit", NOON.minusSeconds(60), 1);
    put("p2", "visit", NOON.minusSeconds(90), 1);
    put("p3", "visit", NOON.minusSeconds(95), 1);
    put("p4", "visit", NOON.plusSeconds(1), 1);
    store().suspect("p3");
    store().nudged(List.of("p2"), NOON);

    assertThat(store().oldestDue(NOON)).contains(NOON.minusSeconds(90));

    store().done("p2");

    assertThat(store().oldestDue(NOON)).contains(NOON.minusSeconds(60));
    assertThat(store().oldestDue(NOON.minusSeconds(61))).isEmpty();
  }

  @Test
  void dueOf_oneDispatch_comesInTheOrderOfItsTimes() {
    put("p1", "visit", NOON.plusSeconds(2), 1);
    put("p2", "welcome", NOON, 1);
    put("p3", "visit", NOON.plusSeconds(1), 1);
    put("p4", "visit", NOON.plusSeconds(9), 1);
    put("p5", "visit", NOON, 1);
    store().nudged(List.of("p5"), NOON);

    assertThat(store().dueOf(new Owner("acme", "visit"), NOON.plusSeconds(2), OLD, 10))
        .extracting(Parcel::id)
        .containsExactly("p3", "p1");
  }

  @Test
  void hintedRows_readyAndHintedSinceDue_areCounted() {
    put("p1", "visit", NOON, 7);
    put("p2", "visit", NOON, 20);
    put("p3", "visit", NOON, 300);
    put("p4", "visit", NOON, 4_000);
    put("p5", "welcome", NOON, 50_000);
    store().nudged(List.of("p1", "p2", "p4", "p5"), NOON.plusSeconds(1));
    store().defer("p2", NOON.plusSeconds(2));
    store().done("p4");

    assertThat(store().hintedRows(new Owner("acme", "visit"), NOON)).isEqualTo(7);
    assertThat(store().hintedRows(new Owner("acme", "visit"), NOON.plusSeconds(2))).isZero();
  }

  @Test
  void insert_parcelsOfEveryKind_loadsThemAsTheyWere() {
    List<Parcel> parcels =
        List.of(parcel("p1", Parcel.State.FILLING, 2_000), redrive(null), redrive("s1"));

    store().insert(parcels);

    assertThat(store().load(List.of("p1", "rnull", "rs1", "none")))
        .isEqualTo(Map.of("p1", parcels.get(0), "rnull", parcels.get(1), "rs1", parcels.get(2)));
  }

  @Test
  void insert_repeat_leavesTheStoredOneAndStoresTheRest() {
    put("p1", Parcel.State.READY, 1);
    store().done("p1");

    Set<String> known =
        store()
            .insert(
                List.of(
                    parcel("p1", Parcel.State.FILLING, 5), parcel("p2", Parcel.State.FILLING, 5)));

    assertThat(known).containsExactly("p1");
    assertThat(stored("p1").state()).isEqualTo(Parcel.State.DONE);
    assertThat(stored("p2").state()).isEqualTo(Parcel.State.FILLING);
  }

  @Test
  void anyMethod_nothingGiven_doesNothing() {
    store().insert(List.of());
    store().ready(List.of(), NOON);
    store().nudged(List.of(), NOON);

    assertThat(store().load(List.of())).isEmpty();
    assertThat(store().open("b1")).isZero();
  }

  @ParameterizedTest
  @EnumSource(Parcel.State.class)
  void ready_everyState_movesOnlyFilling(Parcel.State state) {
    put("p1", state, 2);

    store().ready(List.of("p1", "none"), NOON.plusSeconds(9));

    boolean filling = state == Parcel.State.FILLING;
    assertThat(stored("p1").state()).isEqualTo(filling ? Parcel.State.READY : state);
    assertThat(stored("p1").due()).isEqualTo(filling ? NOON.plusSeconds(9) : NOON);
  }

  @ParameterizedTest
  @EnumSource(Parcel.State.class)
  void doneAndSplit_everyState_endOnlyReady(Parcel.State state) {
    put("p1", state, 2);
    put("p2", state, 2);

    store().done("p1");
    store().split("p2");

    boolean ready = state == Parcel.State.READY;
    assertThat(stored("p1").state()).isEqualTo(ready ? Parcel.State.DONE : state);
    assertThat(stored("p2").state()).isEqualTo(ready ? Parcel.State.SPLIT : state);
  }

  @ParameterizedTest
  @EnumSource(Parcel.State.class)
  void defer_everyState_movesOnlyReady(Parcel.State state) {
    put("p1", state, 2);

    store().defer("p1", NOON.plusSeconds(60));

    assertThat(stored("p1").due())
        .isEqualTo(state == Parcel.State.READY ? NOON.plusSeconds(60) : NOON);
  }

  @ParameterizedTest
  @EnumSource(Parcel.State.class)
  void due_everyState_givesOnlyReady(Parcel.State state) {
    put("p1", state, 2);

    assertThat(due(NOON)).hasSize(state == Parcel.State.READY ? 1 : 0);
  }

  @Test
  void due_several_areTheLongestDueFirstUpToTheLimit() {
    for (int i = 1; i <= 4; i++) {
      put("p" + i, Parcel.State.READY, 1);
      store().defer("p" + i, NOON.plusSeconds(i * 7 % 5));
    }

    assertThat(due(NOON.plusSeconds(3))).containsExactly("p3", "p1", "p4");
    assertThat(store().due(NOON.plusSeconds(9), OLD, 2))
        .extracting(Parcel::id)
        .containsExactly("p3", "p1");
  }

  @Test
  void due_momentBefore_isNotDue() {
    put("p1", Parcel.State.READY, 1);

    assertThat(due(NOON.minusMillis(1))).isEmpty();
    assertThat(due(NOON)).containsExactly("p1");
  }

  @Test
  void due_freshHint_isLeftOutUntilTheHintIsOld() {
    put("p1", Parcel.State.READY, 1);
    store().nudged(List.of("p1", "none"), NOON);

    assertThat(store().due(NOON.plusSeconds(60), NOON, 10)).isEmpty();
    assertThat(store().due(NOON.plusSeconds(60), NOON.plusMillis(1), 10)).hasSize(1);
  }

  @Test
  void due_hintedBeforeItBecameDue_isGivenAgain() {
    put("p1", Parcel.State.READY, 1);
    store().nudged(List.of("p1"), NOON);
    store().defer("p1", NOON.plusSeconds(20));

    assertThat(due(NOON.plusSeconds(19))).isEmpty();
    assertThat(due(NOON.plusSeconds(20))).containsExactly("p1");

    store().nudged(List.of("p1"), NOON.plusSeconds(20));
    assertThat(due(NOON.plusSeconds(21))).isEmpty();
  }

  @Test
  void fresh_ofOneDispatchAndLane_areThoseDueInTheSpan_withoutSuspectsAndRedrives() {
    for (String id : List.of("p1", "p2", "p3", "p4", "p5")) {
      put(id, Parcel.State.READY, 1);
    }
    put("filling", Parcel.State.FILLING, 1);
    store().insert(List.of(redrive("s1")));
    store().defer("p1", NOON.plusSeconds(3));
    store().defer("p2", NOON.plusSeconds(1));
    store().defer("p3", NOON.plusMillis(3_001));
    store().suspect("p5");

    assertThat(fresh("acme", "welcome", Lane.BULK, 10)).containsExactly("p2", "p1");
    assertThat(fresh("acme", "welcome", Lane.BULK, 1)).containsExactly("p2");
    assertThat(fresh("acme", "welcome", Lane.PRIORITY, 10)).isEmpty();
    assertThat(fresh("acme", "goodbye", Lane.BULK, 10)).isEmpty();
    assertThat(fresh("other", "welcome", Lane.BULK, 10)).isEmpty();
  }

  /** Due after noon and until 3 s later. */
  private List<String> fresh(String account, String dispatch, Lane lane, int limit) {
    return store().fresh(account, dispatch, lane, NOON, NOON.plusSeconds(3), limit).stream()
        .map(Parcel::id)
        .toList();
  }

  @Test
  void done_several_endsThoseThatAreReady() {
    put("p1", Parcel.State.READY, 1);
    put("p2", Parcel.State.FILLING, 1);
    put("p3", Parcel.State.READY, 1);

    store().done(List.of("p1", "p2", "none"));

    assertThat(stored("p1").state()).isEqualTo(Parcel.State.DONE);
    assertThat(stored("p2").state()).isEqualTo(Parcel.State.FILLING);
    assertThat(stored("p3").state()).isEqualTo(Parcel.State.READY);
  }

  @Test
  void stale_fillingParcels_areTheOldestFirstUpToTheLimit() {
    for (int i : new int[] {3, 1, 4, 2}) {
      Parcel p = parcel("p" + i, Parcel.State.FILLING, 1);
      store()
          .insert(
              List.of(
                  new Parcel(
                      p.id(),
                      p.account(),
                      p.dispatch(),
                      p.batch(),
                      p.lane(),
                      p.rows(),
                      p.state(),
                      NOON.plusSeconds(i),
                      p.due(),
                      null,
                      false)));
    }
    put("ready", Parcel.State.READY, 1);

    assertThat(store().stale(NOON.plusSeconds(4), 10))
        .extracting(Parcel::id)
        .containsExactly("p1", "p2", "p3");
    assertThat(store().stale(NOON.plusSeconds(9), 2))
        .extracting(Parcel::id)
        .containsExactly("p1", "p2");
  }

  @Test
  void suspect_singleReadyRow_isMarkedAndDueAtOnce() {
    put("p1", Parcel.State.READY, 1);
    store().defer("p1", NOON.plusSeconds(600));

    store().suspect("p1");

    assertThat(stored("p1").suspect()).isTrue();
    assertThat(due(NOON)).containsExactly("p1");
  }

  @Test
  void suspect_severalRowsOrNotReady_staysUnmarked() {
    put("p1", Parcel.State.READY, 2);
    put("p2", Parcel.State.READY, 1);
    store().done("p2");

    store().suspect("p1");
    store().suspect("p2");

    assertThat(stored("p1").suspect()).isFalse();
    assertThat(stored("p2").suspect()).isFalse();
  }

  @Test
  void tryOne_inHands_isTakenOnceTheHoldEnds() {
    put("p1", Parcel.State.READY, 1);
    Instant until = NOON.plusSeconds(60);

    assertThat(store().tryOne("p1", NOON, until, 3)).isEqualTo(Trial.TAKEN);
    assertThat(store().tryOne("p1", until.minusMillis(1), until, 3)).isEqualTo(Trial.IN_HANDS);
    assertThat(store().tryOne("p1", until.plusMillis(1), until.plusSeconds(60), 3))
        .isEqualTo(Trial.TAKEN);
  }

  @Test
  void tryOne_triesUsedUp_isHopelessOnceTheLastHoldEnds() {
    put("p1", Parcel.State.READY, 1);
    Instant now = NOON;
    for (int i = 0; i < 3; i++) {
      assertThat(store().tryOne("p1", now, now.plusSeconds(60), 3)).isEqualTo(Trial.TAKEN);
      now = now.plusSeconds(61);
    }

    assertThat(store().tryOne("p1", now.minusSeconds(10), now, 3)).isEqualTo(Trial.IN_HANDS);
    assertThat(store().tryOne("p1", now, now.plusSeconds(60), 3)).isEqualTo(Trial.HOPELESS);
  }

  @Test
  void survived_afterTries_countsFromZeroAndLetsGo() {
    put("p1", Parcel.State.READY, 1);
    for (int i = 0; i < 9; i++) {
      assertThat(store().tryOne("p1", NOON, NOON.plusSeconds(60), 3)).isEqualTo(Trial.TAKEN);
      store().survived("p1");
    }
  }

  @Test
  void tryOne_byEightThreads_isTakenByOne() throws Exception {
    put("p1", Parcel.State.READY, 1);

    List<Trial> trials =
        Together.run(8, thread -> store().tryOne("p1", NOON, NOON.plusSeconds(60), 3));

    assertThat(trials).containsOnlyOnce(Trial.TAKEN).doesNotContain(Trial.HOPELESS);
  }

  @Test
  void tryOne_othersKeepSurviving_isNeverHopeless() throws Exception {
    put("p1", Parcel.State.READY, 1);

    List<Integer> hopeless =
        Together.run(
            8,
            thread -> {
              int count = 0;
              for (int i = 0; i < 15; i++) {
                switch (store().tryOne("p1", NOON, NOON.plusSeconds(60), 1)) {
                  case TAKEN -> store().survived("p1");
                  case HOPELESS -> count++;
                  case IN_HANDS -> {}
                }
              }
              return count;
            });

    assertThat(hopeless).containsOnly(0);
  }

  @Test
  void list_batchStatesAndSuspect_givesThoseInOrderOfTheirIds() {
    put("c", Parcel.State.READY, 1);
    put("a", Parcel.State.FILLING, 1);
    put("b", Parcel.State.DONE, 1);
    put("d", Parcel.State.READY, 1);
    store().suspect("d");
    store().tryOne("d", NOON, NOON.plusSeconds(9), 3);
    store().nudged(List.of("c"), NOON.plusSeconds(1));
    Set<Parcel.State> open = Set.of(Parcel.State.FILLING, Parcel.State.READY);

    assertThat(listed(new Listing(null, open, false), "")).containsExactly("a", "c", "d");
    assertThat(listed(new Listing("b1", open, false), "a")).containsExactly("c", "d");
    assertThat(listed(new Listing("b2", open, false), "")).isEmpty();
    assertThat(listed(new Listing(null, Set.of(Parcel.State.DONE), false), ""))
        .containsExactly("b");
    assertThat(store().list(new Listing(null, open, true), "", 5))
        .containsExactly(new Listed(stored("d"), null, 1));
    assertThat(store().list(new Listing(null, open, false), "a", 1))
        .containsExactly(new Listed(stored("c"), NOON.plusSeconds(1), 0));
  }

  @Test
  void deadLettered_account_givesItsSplitAndItsSuspectParcels() {
    put("c", Parcel.State.READY, 1);
    put("a", Parcel.State.READY, 2);
    put("b", Parcel.State.READY, 1);
    put("d", Parcel.State.READY, 1);
    store().split("a");
    store().suspect("c");
    store().suspect("d");
    store().done("d");

    assertThat(store().deadLettered("acme", "", 9))
        .containsExactly(new Listed(stored("a"), null, 0), new Listed(stored("c"), null, 0));
    assertThat(store().deadLettered("acme", "", 1)).hasSize(1);
    assertThat(store().deadLettered("acme", "a", 9))
        .extracting(l -> l.parcel().id())
        .containsExactly("c");
    assertThat(store().deadLettered("acme2", "", 9)).isEmpty();
  }

  private List<String> listed(Listing listing, String after) {
    return store().list(listing, after, 9).stream().map(listed -> listed.parcel().id()).toList();
  }

  @Test
  void holding_row_givesEveryParcelThatNamesIt() {
    put("a", Parcel.State.DONE, 5);
    store().insert(List.of(redrive("s1")));

    assertThat(store().holding("b1", 5))
        .extracting(l -> l.parcel().id())
        .containsExactly("a", "rs1");
    assertThat(store().holding("b1", 2)).extracting(l -> l.parcel().id()).containsExactly("a");
    assertThat(store().holding("b1", 10)).isEmpty();
    assertThat(store().holding("b2", 5)).isEmpty();
  }

  @Test
  void open_parcelsOfTwoBatches_countsFillingAndReadyOfTheOne() {
    for (Parcel.State state : Parcel.State.values()) {
      put("p" + state, state, 1);
    }

    assertThat(store().open("b1")).isEqualTo(2);
    assertThat(store().open("b2")).isZero();
  }

  @Test
  void readyOf_batch_givesReadyOnesInIdOrder() {
    for (String id : List.of("p3", "p1", "p2")) {
      put(id, Parcel.State.READY, 1);
    }
    put("p0", Parcel.State.FILLING, 1);
    put("p4", Parcel.State.DONE, 1);

    assertThat(store().readyOf("b1", "", 2)).extracting(Parcel::id).containsExactly("p1", "p2");
    assertThat(store().readyOf("b1", "p2", 2)).extracting(Parcel::id).containsExactly("p3");
    assertThat(store().readyOf("b1", "p3", 2)).isEmpty();
    assertThat(store().readyOf("b2", "", 2)).isEmpty();
  }

  @Test
  void deferred_dispatch_givesThoseDueLaterFirstDueFirst() {
    for (String id : List.of("p1", "p2", "p3")) {
      put(id, Parcel.State.READY, 1);
    }
    store().defer("p1", NOON.plusSeconds(60));
    store().defer("p2", NOON.plusSeconds(30));

    assertThat(store().deferred("acme", "welcome", NOON.plusSeconds(1), 9))
        .extracting(Parcel::id)
        .containsExactly("p2", "p1");
    assertThat(store().deferred("acme", "welcome", NOON.plusSeconds(1), 1)).hasSize(1);
    assertThat(store().deferred("acme", "other", NOON, 9)).isEmpty();
    assertThat(store().deferred("other", "welcome", NOON, 9)).isEmpty();
  }
}
