package dev.beckon.pace;

import dev.beckon.account.Limits;
import dev.beckon.parcel.Lane;
import dev.beckon.privacy.Failures;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.Vendor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process knows of how fast a vendor account may be used. One without limits costs
 * nothing until the vendor asks us to slow down; then everything waits for it, here and, where
 * limits are shared, everywhere. Thread-safe.
 */
public final class Pace {
  private static final Logger LOG = LoggerFactory.getLogger(Pace.class);

  /** Throttled calls in a row without a time to wait; single ones are a recipient's own affair. */
  static final int IN_A_ROW = 5;

  static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /** What a vendor may ask for at most: a wrong header must not silence it for good. */
  static final Duration LONGEST_ASKED = Duration.ofHours(1);

  private static final double LEAST_SHARE = 0.05;
  private static final double STEP_UP = 0.1;
  private static final long HALVED_AGAIN = Rate.SECOND;
  private static final long STEPPED_UP_AGAIN = 5 * Rate.SECOND;

  /**
   * The vendor asked us to wait.
   *
   * @param share of the configured rate that is used from now on
   */
  public record SlowedDown(Instant until, double share) {}

  private final String line;
  private final Rate rate;
  private final int inFlight;
  private final PaceStore store;

  private volatile long heldUntil = Long.MIN_VALUE;
  private volatile double share = 1;
  private long adapted;
  private int inARow;
  private Duration wait = FIRST_WAIT;
  private @Nullable SlowedDown news;

  /**
   * @param line names the vendor account in the store
   */
  public Pace(String line, Limits limits, Vendor vendor, PaceStore store) {
    this.line = line;
    this.rate = new Rate(limits, vendor);
    this.inFlight = Math.min(limits.inFlight(), vendor.maxInFlight());
    this.store = store;
  }

  /** What names the vendor account in the store: it is the same for all workers. */
  public String line() {
    return line;
  }

  /** The most recipients of one call. */
  public int batch() {
    return rate.batch();
  }

  /** The most calls at once of one worker. */
  public int inFlight() {
    return inFlight;
  }

  /** Whether workers share limits of this vendor account. */
  public boolean shared() {
    return rate.limits().shared();
  }

  /** The turns of one sender to this vendor account. */
  public Turns turns(Lane lane, Clock clock) {
    return new Turns(this, lane, clock, TimeUnit.NANOSECONDS::sleep);
  }

  /** Until when the vendor asked us to wait; empty when it may be called. */
  public Optional<Instant> heldUntil(Instant now) {
    long until = heldUntil;
    return until > nanos(now) ? Optional.of(instant(until)) : Optional.empty();
  }

  /** Notes what one call came to. */
  public void answered(Collection<SendResult> results, Instant at) {
    long asked = 0;
    boolean called = false;
    for (SendResult result : results) {
      if (result.code() != SendCode.THROTTLED) {
        called |= result.code() != SendCode.NOT_STARTED;
        continue;
      }
      Duration after = result.retryAfter();
      asked = Math.max(asked, after == null ? 0 : after.toNanos());
    }
    long now = nanos(at);
    synchronized (this) {
      if (called) {
        inARow = 0;
        if (heldUntil <= now) {
          wait = FIRST_WAIT;
        }
      }
      if (called || results.isEmpty() || heldUntil > now || !throttled(results)) {
        return;
      }
      if (asked == 0) {
        if (++inARow < IN_A_ROW) {
          return;
        }
        asked = wait.toNanos();
        Duration longer = wait.multipliedBy(2);
        wait = longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
      }
      inARow = 0;
      heldUntil = now + Math.min(asked, LONGEST_ASKED.toNanos());
    }
    slowDown(now);
  }

  private static boolean throttled(Collection<SendResult> results) {
    return results.stream().anyMatch(result -> result.code() == SendCode.THROTTLED);
  }

  /** Everybody else waits too; a store that is away leaves it at this process. */
  private void slowDown(long now) {
    try {
      if (shared() && now - adapted() >= HALVED_AGAIN) {
        double less = Math.max(LEAST_SHARE, share / 2);
        store.adapt(line, adapted(), less, now);
        sees(less, now);
      }
      long next = store.hold(line, heldUntil, day(now));
      if (!shared()) {
        heldUntil = next; // others may have been asked to wait longer
      }
    } catch (RuntimeException e) {
      LOG.warn("line={} others were not told to slow down: {}", line, Failures.tell(e));
    }
    synchronized (this) {
      news = new SlowedDown(instant(heldUntil), share);
    }
  }

  /** That the vendor asked us to wait, told once. */
  public synchronized Optional<SlowedDown> news() {
    Optional<SlowedDown> told = Optional.ofNullable(news);
    news = null;
    return told;
  }

  Rate rate() {
    return rate;
  }

  /** The share of the configured rate that is used now. */
  double share() {
    return share;
  }

  PaceStore.Answer book(PaceStore.Wish wish, long now) {
    PaceStore.Answer answer = store.book(line, wish);
    if (answer instanceof PaceStore.Answer.Booked booked) {
      sees(booked.share(), booked.adapted());
      if (booked.share() < 1 && now - booked.adapted() >= STEPPED_UP_AGAIN) {
        store.adapt(line, booked.adapted(), Math.min(1, booked.share() + STEP_UP), now);
      }
    }
    return answer;
  }

  void giveBack(long end, long from, int recipients) {
    store.giveBack(line, end, from, recipients);
  }

  private synchronized void sees(double current, long since) {
    share = current;
    adapted = since;
  }

  private synchronized long adapted() {
    return adapted;
  }

  static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), Rate.SECOND), instant.getNano());
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, Rate.SECOND), Math.floorMod(nanos, Rate.SECOND));
  }

  static long day(long nanos) {
    return Math.floorDiv(nanos, 86_400 * Rate.SECOND);
  }
}
