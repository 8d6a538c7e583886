package dev.beckon.dispatch;

import static dev.beckon.bed.World.BATCH;
import static dev.beckon.bed.World.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.bed.Cuts;
import dev.beckon.bed.MongoHost;
import dev.beckon.bed.ScriptedVendor;
import dev.beckon.bed.TestClock;
import dev.beckon.bed.World;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.parcel.Parcel;
import dev.beckon.testing.Together;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Vendor accounts with limits, and vendors that ask us to slow down. */
@Timeout(120)
class PacingTest {
  private static final int WORKERS = 4;

  /** Milliseconds of the monotonic clock and how many recipients. */
  private record Call(long at, int recipients) {}

  @RegisterExtension static final MongoHost MONGO = new MongoHost();

  private final World world = MONGO.world();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void dispatch_fourWorkersOverTwoHundredASecond_neverSendFasterAndLoseNobody() throws Exception {
    int rate = 200;
    int burst = 40;
    int rows = 800;
    world.limit("mail", "{\"recipientsPerSecond\": %d, \"burst\": %d}".formatted(rate, burst));
    List<String> parcels = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      int part = i;
      world.intake.accept(
          world.request(
              BATCH,
              "" + part,
              IntStream.range(0, rows / WORKERS)
                  .mapToObj(n -> part * rows / WORKERS + n + 1)
                  .map(n -> World.row(n, "guest" + n + "@example.org"))
                  .toList()));
      parcels.add(BATCH + "." + part + ".0");
    }
    Queue<Call> ledger = new ConcurrentLinkedQueue<>();
    Queue<String> sent = new ConcurrentLinkedQueue<>();
    world.clock.run();
    List<World> workers = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      workers.add(world.restarted(new World.Keys("k1", "m1")));
      record(workers.getLast().vendor, ledger, sent);
    }

    Together.run(
        WORKERS,
        number -> {
          World worker = workers.get(number);
          while (worker.invitations.countByState(BATCH).getOrDefault(InvitationState.SENT, 0L)
              < rows) {
            worker.dispatch.dispatcher().dispatch(List.of(parcels.get(number)), worker.deadline());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
          }
          return number;
        });

    assertThat(sent).hasSize(rows).doesNotHaveDuplicates();
    // a sender may be stopped between its last look at the clock and the call, with one message
    int onTheirWay = WORKERS * world.vendor.maxInFlight();
    assertThat(mostInASecond(ledger)).isLessThanOrEqualTo(rate + burst + onTheirWay);
    assertThat(world.invitations.load(IntStream.rangeClosed(1, rows).mapToObj(World::id).toList()))
        .allSatisfy(row -> assertThat(row.attempts()).isEqualTo(1));
    workers.forEach(World::close);
  }

  private static void record(ScriptedVendor vendor, Queue<Call> ledger, Queue<String> sent) {
    vendor.maxBatch(1);
    vendor.meanwhile(batch -> {
      ledger.add(new Call(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), batch.size()));
      batch.stream().map(OutboundMessage::reference).forEach(sent::add);
    });
  }

  private static int mostInASecond(Queue<Call> ledger) {
    List<Call> calls = new ArrayList<>(ledger);
    calls.sort((a, b) -> Long.compare(a.at(), b.at()));
    int most = 0;
    int inside = 0;
    int first = 0;
    for (Call last : calls) {
      inside += last.recipients();
      while (calls.get(first).at() + 1_000 <= last.at()) {
        inside -= calls.get(first++).recipients();
      }
      most = Math.max(most, inside);
    }
    return most;
  }

  @Test
  void dispatch_accountWithoutLimits_asksTheStoreForNoTurns() {
    String parcel = world.filled(50);
    world.cuts.arm(Integer.MAX_VALUE, Cuts.Side.BEFORE);

    dispatch(parcel);

    assertThat(world.vendor.references()).hasSize(50);
    assertThat(world.cuts.steps()).noneMatch(step -> step.startsWith("PaceStore"));
  }

  @Test
  void dispatch_batchVendorWithARate_isGivenBatchesThatFitTheBurst() {
    world.limit("mail", "{\"recipientsPerSecond\": 1000, \"burst\": 40, \"inFlight\": 1}");
    String parcel = world.filled(60);
    List<Integer> sizes = new ArrayList<>();
    world.vendor.meanwhile(batch -> sizes.add(batch.size()));
    world.clock.run();

    dispatch(parcel);

    assertThat(sizes).allMatch(size -> size <= 20);
    assertThat(world.vendor.references()).hasSize(60).doesNotHaveDuplicates();
  }

  @Test
  void dispatch_quotaSpent_leavesTheRestForTheNextDayAndTellsOnce() {
    world.limit("mail", "{\"dailyQuota\": 30}");
    String parcel = world.filled(50);
    Instant tomorrow = Instant.parse("2026-03-03T00:00:00Z");

    dispatch(parcel);
    dispatch(parcel);

    assertThat(world.vendor.references()).hasSize(30);
    assertThat(world.invitations.countByState(BATCH))
        .containsOnly(
            Map.entry(InvitationState.SENT, 30L), Map.entry(InvitationState.ACCEPTED, 20L));
    assertThat(world.parcel(parcel).due()).isEqualTo(tomorrow);
    assertThat(world.eventCodes()).containsOnlyOnce("vendor-quota-spent");

    world.clock.advance(Duration.between(TestClock.START, tomorrow));
    dispatch(parcel);

    assertThat(world.vendor.references()).hasSize(50).doesNotHaveDuplicates();
    assertThat(world.parcel(parcel).state()).isEqualTo(Parcel.State.DONE);
  }

  @Test
  void dispatch_vendorSaysSlowDownForAMinute_isWaitedForAndCostsNoAttempt() {
    String parcel = world.filled(200);
    world.vendor.maxBatch(1);
    Instant again = TestClock.START.plusSeconds(60);
    world.vendor.reshape(results -> {
      Instant now = world.clock.instant();
      SendResult slower = SendResult.of(SendCode.THROTTLED, "429 Too Many Requests");
      return now.isBefore(again)
          ? results.stream().map(any -> slower.retryAfter(Duration.between(now, again))).toList()
          : results;
    });

    dispatch(parcel);

    int calls = world.vendor.given().size();
    assertThat(calls).isBetween(1, world.vendor.maxInFlight());
    assertThat(world.parcel(parcel).due()).isEqualTo(again);
    assertThat(rows(200))
        .allSatisfy(row -> {
          assertThat(row.attempts()).isZero();
          assertThat(row.state().isFinal()).isFalse();
        });
    assertThat(world.eventCodes()).containsOnlyOnce("vendor-slowed-down");

    world.clock.advance(Duration.ofSeconds(60));
    dispatch(parcel);

    assertThat(rows(200))
        .allSatisfy(row -> {
          assertThat(row.attempts()).isEqualTo(1);
          assertThat(row.state()).isEqualTo(InvitationState.SENT);
        });
    assertThat(world.vendor.given()).hasSize(calls + 200);
  }

  @Test
  void dispatch_oneVendorIsHeld_theOthersRowsAndParcelsGoOn() {
    world.limit("mail", "{\"dailyQuota\": 1}");
    world.intake.accept(
        world.request(
            BATCH,
            "0",
            List.of(
                World.row(1, "ada@example.org"),
                World.row(2, "eve@example.org"),
                text(3, "+4915112345671"))));
    world.intake.accept(world.request(BATCH, "1", List.of(text(4, "+4915112345672"))));
    world.texts.answers(
        id(3), SendResult.of(SendCode.UNAVAILABLE, "busy").retryAfter(Duration.ofMinutes(5)));

    world.dispatch.dispatcher().dispatch(List.of(BATCH + ".0.0", BATCH + ".1.0"), world.deadline());

    assertThat(world.texts.references()).containsExactlyInAnyOrder(id(3), id(4));
    assertThat(world.parcel(BATCH + ".1.0").state()).isEqualTo(Parcel.State.DONE);
    assertThat(world.parcel(BATCH + ".0.0").due())
        .as("by the row that is due first, not by the vendor that is held")
        .isEqualTo(TestClock.START.plus(Duration.ofMinutes(5)));
  }

  @Test
  void dispatch_cutBetweenBookingAndClaim_losesNobodyAndSendsNobodyTwice() {
    world.limit("mail", "{\"recipientsPerSecond\": 500, \"burst\": 250}");
    String parcel = world.filled(40);
    world.clock.run();
    world.cuts.before(
        "claim",
        () -> {
          throw new IllegalStateException("the worker is gone");
        });

    assertThat(world.dispatch.dispatcher().dispatch(List.of(parcel), world.deadline()))
        .containsExactly(parcel);
    assertThat(world.vendor.given()).isEmpty();
    dispatch(parcel);

    assertThat(world.vendor.references()).hasSize(40).doesNotHaveDuplicates();
    assertThat(world.parcel(parcel).state()).isEqualTo(Parcel.State.DONE);
  }

  private List<Invitation> rows(int n) {
    return world.invitations.load(IntStream.rangeClosed(1, n).mapToObj(World::id).toList());
  }

  private static Row text(int number, String mobile) {
    return new Row(number, Map.of(Channel.SMS, mobile), Map.of("first_name", "Ada"), null, "DE");
  }

  private void dispatch(String parcel) {
    assertThat(world.dispatch.dispatcher().dispatch(List.of(parcel), world.deadline())).isEmpty();
  }
}
