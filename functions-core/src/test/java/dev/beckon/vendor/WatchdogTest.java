package dev.beckon.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private final Watchdog watchdog = new Watchdog("test-watchdog");
  private final AtomicInteger aborted = new AtomicInteger();

  @AfterEach
  void stop() {
    watchdog.close();
  }

  @Test
  void over_shorterCallAfterALongOne_endedInItsOwnTime() throws Exception {
    CountDownLatch shorter = new CountDownLatch(1);
    Watchdog.Watch longer = watchdog.over(in(Duration.ofHours(1)), aborted::incrementAndGet);
    Watchdog.Watch watch = watchdog.over(in(Duration.ofMillis(50)), shorter::countDown);

    assertThat(shorter.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(watch.release()).isFalse();
    assertThat(watch.expired()).isTrue();
    assertThat(longer.release()).isTrue();
    assertThat(aborted).hasValue(0);
  }

  @Test
  void over_manyCallsAtRandom_eachEndedOrReleasedNeverBoth() throws Exception {
    int calls = 2_000;
    CountDownLatch ended = new CountDownLatch(calls / 2);
    int released = 0;
    for (int i = 0; i < calls; i++) {
      if (i % 2 == 0) {
        watchdog.over(in(Duration.ofNanos(i * 1_000L)), ended::countDown);
      } else if (watchdog.over(in(Duration.ofHours(1)), aborted::incrementAndGet).release()) {
        released++;
      }
    }

    assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(released).isEqualTo(calls / 2);
    assertThat(aborted).hasValue(0);
  }

  @Test
  void close_endsRunningAndLaterCalls() {
    Watchdog.Watch running = watchdog.over(in(Duration.ofHours(1)), aborted::incrementAndGet);
    watchdog.close();
    Watchdog.Watch later = watchdog.over(in(Duration.ofHours(1)), aborted::incrementAndGet);

    assertThat(running.release()).isFalse();
    assertThat(later.release()).isFalse();
    assertThat(aborted).hasValue(2);
  }

  private static long in(Duration duration) {
    return System.nanoTime() + duration.toNanos();
  }
}
