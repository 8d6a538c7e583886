package dev.beckon.access;

import dev.beckon.privacy.Failures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests a minute of each caller, over all processes. A process takes slices of the minute, at
 * first a small one and each as large as what it has used, so that few trips to the store are
 * needed and little of the limit lies unused where nobody needs it. While the store does not answer
 * each process counts by itself. Thread-safe.
 */
final class RequestLimits {
  private static final Logger LOG = LoggerFactory.getLogger(RequestLimits.class);

  /** Most of a minute that one process takes at once, and what it begins with. */
  private static final int LARGEST_PART = 20;

  private static final int SMALLEST_PART = 600;
  private static final int MOST_CALLERS = 10_000;
  private static final Duration ALONE = Duration.ofSeconds(10);

  private final RequestCounts counts;
  private final Clock clock;
  private final Map<String, Minute> minutes = new ConcurrentHashMap<>();
  private volatile Instant aloneUntil = Instant.MIN;

  RequestLimits(RequestCounts counts, Clock clock) {
    this.counts = counts;
    this.clock = clock;
  }

  /** What this process knows of one caller's minute. */
  private static final class Minute {
    final ReentrantLock lock = new ReentrantLock();
    volatile long number = Long.MIN_VALUE;

    /** Taken and not used. */
    int left;

    /** Used by this process. */
    int used;

    /** Used or taken by all, as last heard. */
    int all;

    boolean spent;
  }

  /** Counts one request. */
  Allowance allow(String caller, int perMinute) {
    Instant now = clock.instant();
    long number = Math.floorDiv(now.getEpochSecond(), 60L);
    if (minutes.size() >= MOST_CALLERS) {
      minutes.values().removeIf(minute -> minute.number != number);
    }
    Minute minute = minutes.computeIfAbsent(caller, any -> new Minute());
    minute.lock.lock();
    try {
      if (minute.number != number) {
        minute.number = number;
        minute.left = 0;
        minute.used = 0;
        minute.all = 0;
        minute.spent = false;
      }
      if (minute.left == 0 && !minute.spent) {
        take(minute, caller, perMinute, now);
      }
      boolean granted = minute.left > 0;
      if (granted) {
        minute.left--;
        minute.used++;
      }
      int remaining = Math.clamp((long) perMinute - minute.all + minute.left, 0, perMinute);
      int reset = 60 - (int) Math.floorMod(now.getEpochSecond(), 60L);
      return new Allowance(granted, perMinute, granted ? remaining : 0, reset);
    } finally {
      minute.lock.unlock();
    }
  }

  private void take(Minute minute, String caller, int perMinute, Instant now) {
    int wanted =
        Math.clamp(
            minute.used,
            Math.max(1, perMinute / SMALLEST_PART),
            Math.max(1, perMinute / LARGEST_PART));
    if (now.isBefore(aloneUntil)) {
      takeAlone(minute, wanted, perMinute);
      return;
    }
    try {
      RequestCounts.Taken taken = counts.take(caller, minute.number, wanted, perMinute);
      minute.left = taken.granted();
      minute.all = taken.used();
      minute.spent = taken.granted() == 0;
    } catch (RuntimeException e) {
      LOG.warn("requests are counted by each process alone: {}", Failures.tell(e));
      aloneUntil = clock.instant().plus(ALONE);
      takeAlone(minute, wanted, perMinute);
    }
  }

  private static void takeAlone(Minute minute, int wanted, int perMinute) {
    minute.left = Math.max(0, Math.min(wanted, perMinute - minute.used));
    minute.all = minute.used + minute.left;
  }
}
