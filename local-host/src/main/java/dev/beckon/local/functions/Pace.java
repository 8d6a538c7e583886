package dev.beckon.local.functions;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * How much sooner than in Azure waits end: for how long a message is a host's own, after what a
 * failed one comes back, and between looks at an empty queue. Nothing else is changed by it; time
 * limits, schedules and counts are Azure's.
 *
 * @param factor 1: as in Azure
 */
record Pace(int factor) {

  /** For how long a received message is invisible to others, unless it is renewed. */
  private static final Duration LEASE = Duration.ofMinutes(10);

  private static final Duration SHORTEST_POLL = Duration.ofMillis(100);

  Pace {
    if (factor < 1) {
      throw new IllegalArgumentException("speedUp is at least 1, not " + factor);
    }
  }

  /** Whole seconds, which is what a queue counts in, and enough of them to be renewed in time. */
  Duration lease() {
    return longest(LEASE.dividedBy(factor).truncatedTo(ChronoUnit.SECONDS), 2);
  }

  /** Whole seconds; not at all when it is not at all. */
  Duration retry(Duration visibilityTimeout) {
    return visibilityTimeout.isZero()
        ? visibilityTimeout
        : longest(visibilityTimeout.dividedBy(factor).truncatedTo(ChronoUnit.SECONDS), 1);
  }

  /** The longest wait between looks at an empty queue. */
  Duration poll(Duration maxPollingInterval) {
    Duration sooner = maxPollingInterval.dividedBy(factor);
    return sooner.compareTo(SHORTEST_POLL) < 0 ? SHORTEST_POLL : sooner;
  }

  private static Duration longest(Duration one, int seconds) {
    return one.compareTo(Duration.ofSeconds(seconds)) < 0 ? Duration.ofSeconds(seconds) : one;
  }
}
