package dev.beckon.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.MongoHost;
import dev.beckon.bed.TestClock;
import dev.beckon.bed.World;
import dev.beckon.intake.IntakeRequest;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.memory.MemoryWorkQueue;
import dev.beckon.parcel.Lane;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore.Listing;
import dev.beckon.testing.Together;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Single invitations of the priority lane and a vendor that takes many in one call. */
@Timeout(180)
class GatheringTest {
  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private static final int HINTS = 10;

  private World world;
  private final AtomicInteger calls = new AtomicInteger();

  @BeforeEach
  void open() {
    world = MONGO.world();
    world.vendor.maxBatch(1_000);
    world.vendor.gather(Duration.ofMillis(200));
    world.vendor.meanwhile(batch -> calls.incrementAndGet());
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void dispatch_manySingles_fourWorkers_reachTheVendorInFewCalls_eachOnce() throws Exception {
    accept(500, Lane.PRIORITY);

    Together.run(4, worker -> work(world.priority));

    assertThat(world.vendor.references()).hasSize(500).doesNotHaveDuplicates();
    assertThat(calls.get()).as("calls instead of 50 at least").isLessThanOrEqualTo(20);
    assertThat(states(500)).containsOnly(InvitationState.SENT);
    assertThat(parcels(Parcel.State.READY)).isEmpty();
    assertThat(parcels(Parcel.State.DONE)).hasSize(500);
  }

  @Test
  void dispatch_oneHintOfMany_takesTheFreshOnesAlong_andLeavesTheRest() {
    accept(20, Lane.PRIORITY);
    world.parcels.defer(parcel(18), TestClock.START.plusSeconds(60));
    world.parcels.defer(parcel(19), TestClock.START.minusSeconds(31));
    world.parcels.suspect(parcel(20));

    dispatch(parcel(1));

    assertThat(calls).hasValue(1);
    assertThat(states(17)).containsOnly(InvitationState.SENT);
    assertThat(parcels(Parcel.State.READY))
        .as("not due yet, met by a worker before, suspect")
        .containsExactlyInAnyOrder(parcel(18), parcel(19), parcel(20));
  }

  @Test
  void dispatch_gatheredRowIsPutOff_itsParcelWaitsForIt() {
    accept(3, Lane.PRIORITY);
    world.vendor.answers(
        id(2), SendResult.of(SendCode.THROTTLED, "slow").retryAfter(Duration.ofMinutes(5)));

    dispatch(parcel(1));

    assertThat(parcels(Parcel.State.READY)).containsExactly(parcel(2));
    assertThat(world.parcel(parcel(2)).due())
        .isEqualTo(TestClock.START.plus(Duration.ofMinutes(5)));
  }

  @Test
  void dispatch_bulkLane_waitsForNobody() {
    accept(5, Lane.BULK);

    dispatch(parcel(1));

    assertThat(world.vendor.references()).containsExactly(id(1));
  }

  @Test
  void dispatch_vendorThatGathersNothing_takesNothingAlong() {
    world.vendor.gather(Duration.ZERO);
    accept(5, Lane.PRIORITY);

    dispatch(parcel(1));

    assertThat(world.vendor.references()).containsExactly(id(1));
  }

  @Test
  void dispatch_moreThanTheVendorTakes_leavesWhatIsOver() {
    world.vendor.maxBatch(8);
    accept(20, Lane.PRIORITY);

    dispatch(parcel(1));

    assertThat(calls).hasValue(1);
    assertThat(world.vendor.references()).hasSize(8);
  }

  @Test
  void dispatch_gatheredBatchWasCancelled_isNotTaken() {
    accept(5, Lane.PRIORITY);
    world.gates.cancel("single3", TestClock.START);

    dispatch(parcel(1));

    assertThat(world.vendor.references()).hasSize(4).doesNotContain(id(3));
  }

  /** As a worker does: up to ten hints a call, until the queue is empty. */
  private int work(MemoryWorkQueue queue) {
    Dispatcher dispatcher = world.dispatch.dispatcher();
    int done = 0;
    while (true) {
      List<String> bodies = queue.take(HINTS);
      if (bodies.isEmpty()) {
        return done;
      }
      dispatcher.dispatch(
          bodies.stream().map(body -> body.substring("parcel/".length())).toList(),
          world.deadline());
      done += bodies.size();
    }
  }

  private void dispatch(String parcel) {
    world.dispatch.dispatcher().dispatch(List.of(parcel), world.deadline());
  }

  private void accept(int singles, Lane lane) {
    for (int i = 1; i <= singles; i++) {
      world.intake.accept(
          new IntakeRequest(
              world.account(),
              world.stay(),
              "single" + i,
              "0",
              lane,
              TestClock.START,
              List.of(World.row(1, "guest" + i + "@example.org"))));
    }
  }

  private static String id(int single) {
    return Invitation.id("single" + single, 1);
  }

  private static String parcel(int single) {
    return "single" + single + ".0.0";
  }

  private List<InvitationState> states(int singles) {
    return world
        .invitations
        .load(IntStream.rangeClosed(1, singles).mapToObj(GatheringTest::id).toList())
        .stream()
        .map(Invitation::state)
        .toList();
  }

  private List<String> parcels(Parcel.State state) {
    return world.parcels.list(new Listing(null, Set.of(state), false), "", 1_000).stream()
        .map(listed -> listed.parcel().id())
        .toList();
  }
}
