package dev.beckon.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.TestClock;
import dev.beckon.memory.MemoryParcelStore;
import dev.beckon.memory.MemoryWorkQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What lies on the queues while a vendor is slow. */
class NudgerTest {
  private static final Instant NOON = TestClock.START;

  private final TestClock clock = new TestClock();
  private final MemoryParcelStore parcels = new MemoryParcelStore();
  private final MemoryWorkQueue bulk = new MemoryWorkQueue();
  private final MemoryWorkQueue priority = new MemoryWorkQueue();
  private final Nudger nudger =
      new Nudger(
          parcels,
          Map.of(Lane.BULK, bulk, Lane.PRIORITY, priority),
          (account, dispatch) ->
              dispatch.equals("slow") ? OptionalLong.of(250) : OptionalLong.empty(),
          clock);

  private List<Parcel> put(String dispatch, Lane lane, int from, int to) {
    List<Parcel> put =
        IntStream.rangeClosed(from, to)
            .mapToObj(i ->
                new Parcel(
                    dispatch + "-" + lane.name().charAt(0) + i,
                    "acme",
                    dispatch,
                    "b1",
                    lane,
                    RowSet.of(IntStream.rangeClosed(1, 100).boxed().toList()),
                    Parcel.State.READY,
                    NOON,
                    NOON.plusMillis(i),
                    null,
                    false))
            .toList();
    parcels.insert(put);
    clock.advance(Duration.ofSeconds(1));
    return put;
  }

  @Test
  void nudge_moreThanItsVendorSoonTakes_hintsAtThatMuchAndLeavesTheRestReady() {
    nudger.nudge(put("slow", Lane.BULK, 1, 9));

    assertThat(bulk.take(100))
        .containsExactly("parcel/slow-B1", "parcel/slow-B2", "parcel/slow-B3");
    nudger.nudge(List.copyOf(parcels.load(List.of("slow-B4")).values()));
    assertThat(nudger.nudgeDue(100)).isEqualTo(6);
    assertThat(bulk.take(100)).isEmpty();
  }

  @Test
  void nudge_otherDispatchAndPriorityLane_areNotHeldBack() {
    nudger.nudge(put("slow", Lane.BULK, 1, 9));
    bulk.take(100);

    nudger.nudge(put("quick", Lane.BULK, 1, 9));
    nudger.nudge(put("slow", Lane.PRIORITY, 1, 9));

    assertThat(bulk.take(100)).hasSize(9);
    assertThat(priority.take(100)).hasSize(9);
  }

  @Test
  void nudgeDue_backlogOfASlowVendorFillsThePage_stillFindsTheOthers() {
    put("slow", Lane.BULK, 1, 9);
    put("quick", Lane.BULK, 10, 12);

    nudger.nudgeDue(4);

    assertThat(bulk.take(100))
        .containsExactlyInAnyOrder(
            "parcel/slow-B1",
            "parcel/slow-B2",
            "parcel/slow-B3",
            "parcel/quick-B10",
            "parcel/quick-B11",
            "parcel/quick-B12");
  }

  @Test
  void nudgeNext_oneDone_hintsAtTheNextAlsoWhereItWasPutOffBySeconds() {
    List<Parcel> all = put("slow", Lane.BULK, 1, 4);
    nudger.nudge(all);
    bulk.take(100);
    parcels.defer("slow-B4", clock.instant().plusSeconds(20));

    parcels.done("slow-B1");
    nudger.nudgeNext(all.getFirst());

    assertThat(bulk.take(100)).containsExactly("parcel/slow-B4");
    assertThat(parcels.load(List.of("slow-B4")).get("slow-B4").due()).isEqualTo(clock.instant());
  }

  @Test
  void nudgeNext_dispatchWithoutLimits_asksForNothing() {
    List<Parcel> all = put("quick", Lane.BULK, 1, 4);

    nudger.nudgeNext(all.getFirst());

    assertThat(bulk.take(100)).isEmpty();
  }
}
