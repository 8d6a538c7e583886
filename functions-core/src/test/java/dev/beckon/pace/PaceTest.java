package dev.beckon.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.account.Limits;
import dev.beckon.bed.TestClock;
import dev.beckon.memory.MemoryPaceStore;
import dev.beckon.pace.PaceStore.Answer.Booked;
import dev.beckon.pace.PaceStore.Wish;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.Vendor;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A vendor that asks us to slow down. */
class PaceTest {
  private static final SendResult SLOWER = SendResult.of(SendCode.THROTTLED, "slow down");
  private static final SendResult TAKEN = SendResult.accepted("v1");
  private static final Limits LIMITED =
      new Limits(Double.POSITIVE_INFINITY, 100, 10, Long.MAX_VALUE, 64);

  private final MemoryPaceStore store = new MemoryPaceStore();
  private Instant now = TestClock.START;

  private Pace pace(Limits limits) {
    return new Pace("acme/mail", limits, new Single(), store);
  }

  private void answered(Pace pace, int times, SendResult... results) {
    for (int i = 0; i < times; i++) {
      pace.answered(List.of(results), now);
    }
  }

  /** The share of the rate, as the next worker that books sees it. */
  private double share(Pace pace) {
    long at = Pace.nanos(now);
    Booked booked = (Booked) pace.book(new Wish(at, Long.MAX_VALUE, 1, 1, Long.MAX_VALUE, 0), at);
    return booked.share();
  }

  @Test
  void answered_timeToWait_isWaitedForByEverybodyWhoAsks() {
    Pace pace = pace(Limits.NONE);

    answered(pace, 1, SLOWER.retryAfter(Duration.ofSeconds(60)));

    assertThat(pace.heldUntil(now)).contains(now.plusSeconds(60));
    assertThat(pace.heldUntil(now.plusSeconds(60))).isEmpty();
    Pace elsewhere = pace(Limits.NONE);
    answered(elsewhere, 1, SLOWER.retryAfter(Duration.ofSeconds(5)));
    assertThat(elsewhere.heldUntil(now)).contains(now.plusSeconds(60));
    assertThat(pace.news()).contains(new Pace.SlowedDown(now.plusSeconds(60), 1));
    assertThat(pace.news()).isEmpty();
  }

  @Test
  void answered_absurdTimeToWait_isCutToAnHour() {
    Pace pace = pace(Limits.NONE);

    answered(pace, 1, SLOWER.retryAfter(Duration.ofDays(900)));

    assertThat(pace.heldUntil(now)).contains(now.plus(Duration.ofHours(1)));
  }

  @Test
  void answered_singleRecipientsPutOff_holdNobodyElse() {
    Pace pace = pace(Limits.NONE);

    for (int i = 0; i < 50; i++) {
      answered(pace, Pace.IN_A_ROW - 1, SLOWER);
      answered(pace, 1, TAKEN);
    }
    answered(pace, 50, SLOWER, TAKEN);

    assertThat(pace.heldUntil(now)).isEmpty();
  }

  @Test
  void answered_throttledWithoutATime_waitsLongerEachTimeUntilOneIsTaken() {
    Pace pace = pace(Limits.NONE);
    for (int seconds : new int[] {1, 2, 4, 8}) {
      answered(pace, 40, SLOWER);
      assertThat(pace.heldUntil(now)).contains(now.plusSeconds(seconds));
      now = now.plusSeconds(seconds);
    }

    answered(pace, 1, TAKEN);
    answered(pace, Pace.IN_A_ROW, SLOWER);

    assertThat(pace.heldUntil(now)).contains(now.plusSeconds(1));
  }

  @Test
  void answered_throttledAgainAndAgain_halvesTheRateOncePerWaitAndRecovers() {
    Pace pace = pace(LIMITED);
    assertThat(share(pace)).isEqualTo(1);
    for (double share : new double[] {0.5, 0.25, 0.125, 0.0625, 0.05, 0.05}) {
      answered(pace, 20, SLOWER.retryAfter(Duration.ofSeconds(2)));
      now = now.plusSeconds(3);
      assertThat(share(pace)).isEqualTo(share);
    }

    double before = 0.05;
    int steps = 0;
    while (before < 1) {
      now = now.plusSeconds(6);
      share(pace);
      double after = share(pace);
      assertThat(after).isGreaterThan(before);
      before = after;
      steps++;
    }
    assertThat(steps).isEqualTo(10);
  }

  @Test
  void answered_storeAway_isHeldHereAllTheSame() {
    Pace pace = new Pace("acme/mail", LIMITED, new Single(), away());

    answered(pace, 1, SLOWER.retryAfter(Duration.ofSeconds(60)));

    assertThat(pace.heldUntil(now)).contains(now.plusSeconds(60));
  }

  private static PaceStore away() {
    return (PaceStore)
        Proxy.newProxyInstance(
            PaceTest.class.getClassLoader(),
            new Class<?>[] {PaceStore.class},
            (proxy, method, arguments) -> {
              throw new IllegalStateException("the store is away");
            });
  }

  private record Single() implements Vendor {
    @Override
    public int maxBatch() {
      return 1;
    }

    @Override
    public int maxInFlight() {
      return 64;
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
}
