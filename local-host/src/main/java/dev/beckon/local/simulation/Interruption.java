package dev.beckon.local.simulation;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or whatever else asks this process to end: noticed, and held up until what is in hand is
 * in order. Open it first and close it last. Thread-safe.
 */
public final class Interruption implements AutoCloseable {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch inOrder = new CountDownLatch(1);
  private final Thread hook;

  /**
   * @param patience after which the process ends as it is
   */
  public Interruption(Duration patience) {
    this.hook =
        new Thread(() -> {
          asked.countDown();
          try {
            if (!inOrder.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
              return;
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Waits; returns early and true when the end is asked for. */
  boolean within(Duration time) throws InterruptedException {
    return asked.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    inOrder.countDown();
    if (asked.getCount() > 0) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException endingNow) {
        // it was asked for just now
        asked.countDown();
      }
    }
  }
}
