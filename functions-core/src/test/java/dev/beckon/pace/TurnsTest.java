package dev.beckon.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.account.Limits;
import dev.beckon.bed.TestClock;
import dev.beckon.memory.MemoryPaceStore;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Lane;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.Vendor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several workers at one vendor account, in a time that passes only where they wait or stall. */
class TurnsTest {
  private static final double ANY = Double.POSITIVE_INFINITY;

  private final TestClock clock = new TestClock();
  private final MemoryPaceStore store = new MemoryPaceStore();
  private final Deadline stop = Deadline.in(Duration.ofDays(9), clock);

  private record Sent(Instant at, int recipients) {}

  private record Batches(int maxBatch) implements Vendor {
    @Override
    public int maxInFlight() {
      return 4;
    }

    @Override
    public Duration timeout() {
      return Duration.ofSeconds(10);
    }

    @Override
    public List<SendResult> send(List<OutboundMessage> messages) {
      throw new IllegalStateException("nothing is sent here");
    }

    @Override
    public void close() {}
  }

  private static Limits rate(double recipientsPerSecond, int burst) {
    return new Limits(ANY, recipientsPerSecond, burst, Long.MAX_VALUE, 4);
  }

  private Turns worker(Limits limits, int batch, Lane lane) {
    Pace pace = new Pace("acme/mail", limits, new Batches(batch), store);
    return new Turns(pace, lane, clock, nanos -> clock.advance(Duration.ofNanos(nanos)));
  }

  /** Claims and sends what there is room for, with pauses of a busy machine in between. */
  private int work(Turns turns, int most, int batch, Random random, List<Sent> ledger)
      throws InterruptedException {
    int room = turns.room(most);
    turns.promise(room);
    clock.advance(Duration.ofMillis(random.nextInt(5) == 0 ? random.nextInt(400) : 3));
    int sent = 0;
    for (int left = room; left > 0; left -= batch) {
      int recipients = Math.min(left, batch);
      if (turns.await(recipients, stop)) {
        ledger.add(new Sent(clock.instant(), recipients));
        sent += recipients;
      }
    }
    return sent;
  }

  private static int mostInASecond(List<Sent> ledger) {
    int most = 0;
    int inside = 0;
    int first = 0;
    for (Sent last : ledger) {
      inside += last.recipients();
      while (!ledger.get(first).at().plusSeconds(1).isAfter(last.at())) {
        inside -= ledger.get(first++).recipients();
      }
      most = Math.max(most, inside);
    }
    return most;
  }

  @ParameterizedTest
  @CsvSource({"200, 20, 1", "200, 2, 1", "50, 40, 1", "3, 2, 1", "0.2, 2, 1", "1000, 400, 200"})
  void workersThatStall_anySecond_seesAtMostRateAndBurst(double rate, int burst, int batch)
      throws InterruptedException {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<Sent> ledger = new ArrayList<>();
      List<Turns> workers =
          List.of(
              worker(rate(rate, burst), batch, Lane.BULK),
              worker(rate(rate, burst), batch, Lane.PRIORITY),
              worker(rate(rate, burst), batch, Lane.BULK));
      Instant begun = clock.instant();
      for (int i = 0; i < 150; i++) {
        work(workers.get(random.nextInt(3)), 1 + random.nextInt(4 * batch), batch, random, ledger);
        if (random.nextInt(10) == 0) {
          clock.advance(Duration.ofMillis(random.nextInt(3_000)));
        }
      }
      double seconds = Duration.between(begun, clock.instant()).toNanos() / 1e9;

      assertThat(ledger).as("seed %s", seed).hasSizeGreaterThan(rate < 1 ? 3 : 20);
      assertThat(mostInASecond(ledger)).as("seed %s", seed).isLessThanOrEqualTo((int) rate + burst);
      assertThat(ledger.stream().mapToInt(Sent::recipients).sum())
          .as("seed %s, in %s s", seed, seconds)
          .isLessThanOrEqualTo((int) (rate * seconds) + burst + 1);
      clock.advance(Duration.ofHours(2));
    }
  }

  @Test
  void oneWorker_noStalls_usesTheWholeRateWithTwoStoreCallsASecond() throws InterruptedException {
    List<Sent> ledger = new ArrayList<>();
    Turns turns = worker(rate(200, 20), 1, Lane.BULK);
    Random calm =
        new Random(0) {
          private static final long serialVersionUID = 1;

          @Override
          public int nextInt(int bound) {
            return 1;
          }
        };
    Instant begun = clock.instant();

    while (ledger.size() < 2_000) {
      work(turns, 50, 1, calm, ledger);
    }

    assertThat(Duration.between(begun, clock.instant()))
        .isBetween(Duration.ofMillis(9_800), Duration.ofMillis(10_100));
  }

  @Test
  void priority_whileBulkTakesAllItCan_waitsForASecondAtMost() throws InterruptedException {
    Random random = new Random(1);
    Turns bulk = worker(rate(100, 10), 1, Lane.BULK);
    Turns other = worker(rate(100, 10), 1, Lane.BULK);
    for (int i = 0; i < 50; i++) {
      work(bulk, 200, 1, random, new ArrayList<>());
      bulk.room(200);
      other.room(200);
      Turns priority = worker(rate(100, 10), 1, Lane.PRIORITY);
      Instant asked = clock.instant();

      assertThat(priority.room(1)).isEqualTo(1);
      priority.promise(1);
      assertThat(priority.await(1, stop)).isTrue();

      assertThat(Duration.between(asked, clock.instant())).isLessThan(Duration.ofMillis(1_050));
    }
  }

  @Test
  void bulk_othersTakeEverything_isDeferredAfterSeconds_butTheLastOneNever()
      throws InterruptedException {
    Turns first = worker(rate(100, 10), 1, Lane.BULK);
    Turns second = worker(rate(100, 10), 1, Lane.BULK);
    Random random = new Random(1);
    Instant begun = clock.instant();

    while (second.deferred().isEmpty()) {
      work(first, 200, 1, random, new ArrayList<>());
      first.room(200);
      second.room(200);
      assertThat(clock.instant()).isBefore(begun.plusSeconds(60));
    }

    assertThat(second.deferred())
        .hasValueSatisfying(
            until -> assertThat(until).isBetween(clock.instant(), clock.instant().plusSeconds(21)));
    assertThat(first.deferred()).isEmpty();
  }

  @Test
  void room_quotaSpent_isLeftUntilTheNextDay() throws InterruptedException {
    Limits quota = new Limits(ANY, ANY, 0, 30, 4);
    Turns turns = worker(quota, 1, Lane.BULK);

    assertThat(turns.room(50)).isEqualTo(30);
    turns.promise(30);
    for (int i = 0; i < 30; i++) {
      assertThat(turns.await(1, stop)).isTrue();
    }
    assertThat(turns.room(20)).isZero();

    assertThat(turns.deferred()).contains(Instant.parse("2026-03-03T00:00:00Z"));
    assertThat(turns.quotaSpent()).contains(clock.instant());
  }

  @Test
  void close_unusedTurns_areForOthersAgain() {
    Limits limits = new Limits(ANY, 10, 2, 10, 4);
    Turns dying = worker(limits, 1, Lane.BULK);
    Turns orderly = worker(limits, 1, Lane.BULK);

    assertThat(orderly.room(5)).isEqualTo(5);
    orderly.close();
    assertThat(dying.room(5)).isEqualTo(5);

    Turns next = worker(limits, 1, Lane.PRIORITY);
    assertThat(next.room(10)).as("what a killed worker booked is lost, no more").isEqualTo(5);
  }
}
