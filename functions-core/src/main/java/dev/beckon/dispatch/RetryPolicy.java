package dev.beckon.dispatch;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: exponential backoff with full jitter, as in <a
 * href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">AWS's
 * comparison</a>. Immutable; as thread-safe as its random source.
 */
final class RetryPolicy {
  private static final Duration BASE = Duration.ofSeconds(1);
  private static final Duration CAP = Duration.ofMinutes(15);

  /** A throttled row waits this long on average when the vendor does not say. */
  private static final Duration THROTTLED = Duration.ofSeconds(2);

  private final RandomGenerator random;

  RetryPolicy(RandomGenerator random) {
    this.random = random;
  }

  /**
   * @param attempts attempts made so far, at least 1
   */
  Duration afterFailure(int attempts) {
    long ceiling = Math.min(CAP.toMillis(), BASE.toMillis() << Math.min(attempts, 20));
    return Duration.ofMillis(random.nextLong(1, ceiling + 1));
  }

  /** Between half and one and a half of the usual wait, so that a throttled window spreads. */
  Duration afterThrottling() {
    long usual = THROTTLED.toMillis();
    return Duration.ofMillis(random.nextLong(usual / 2, usual + usual / 2));
  }
}
