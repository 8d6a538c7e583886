package dev.beckon.local.functions;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits between looks at a queue: 100 ms after messages were found, then doubling with a fifth of
 * jitter up to the longest. One thread at a time.
 */
final class Backoff {
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final Duration longest;
  private final RandomGenerator random;
  private int doublings;

  Backoff(Duration longest, RandomGenerator random) {
    this.longest = longest;
    this.random = random;
  }

  /** Messages were found. */
  void reset() {
    doublings = 0;
  }

  /** How long to wait now. */
  Duration next() {
    Duration wait = SHORTEST;
    if (doublings > 0) {
      double times = random.nextDouble(0.8, 1.2) * Math.pow(2, doublings - 1);
      wait = wait.plusNanos((long) (times * SHORTEST.toNanos()));
    }
    if (wait.compareTo(longest) >= 0) {
      return longest;
    }
    doublings++;
    return wait;
  }
}
