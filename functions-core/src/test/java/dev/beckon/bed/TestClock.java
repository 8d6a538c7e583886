package dev.beckon.bed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands until a test moves it, or moves on a step with each look. Thread-safe. */
public final class TestClock extends Clock {

  public static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private volatile Duration step = Duration.ZERO;
  private volatile boolean running;
  private volatile long since;

  public void advance(Duration by) {
    now.updateAndGet(then -> then.plus(by));
  }

  /** From now on every look moves the clock: code that waits for a time gets there. */
  public void stepPerLook(Duration step) {
    this.step = step;
  }

  /** From now on time passes by itself, for tests of what really waits. */
  public void run() {
    since = System.nanoTime();
    running = true;
  }

  @Override
  public Instant instant() {
    if (running) {
      return now.get().plusNanos(System.nanoTime() - since);
    }
    return now.getAndUpdate(then -> then.plus(step));
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("tests look at instants only");
  }
}
