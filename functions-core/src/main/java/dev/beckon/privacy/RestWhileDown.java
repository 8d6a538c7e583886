package dev.beckon.privacy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a service of keys, and leaves it alone for some seconds after it failed: rows wait for it,
 * and each call would cost them seconds. Meanwhile its last failure is thrown again. Thread-safe.
 */
public final class RestWhileDown {
  private static final Logger log = LoggerFactory.getLogger(RestWhileDown.class);
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private record Failure(RuntimeException why, Instant at) {}

  private final String service;
  private final Clock clock;
  private volatile @Nullable Failure failure;

  /**
   * @param service its name in the log
   */
  public RestWhileDown(String service, Clock clock) {
    this.service = service;
    this.clock = clock;
  }

  /**
   * Calls it, unless it failed just now.
   *
   * @param service throws only where it gave no answer of use
   * @param kind a failure in a word, for the log
   */
  public <T> T call(Supplier<T> service, Function<RuntimeException, String> kind) {
    Instant now = clock.instant();
    Failure last = failure;
    if (last != null && now.isBefore(last.at().plus(AGAIN))) {
      throw last.why();
    }
    try {
      T answer = service.get();
      failure = null;
      return answer;
    } catch (RuntimeException e) {
      failure = new Failure(e, now);
      log.warn("keys={} unusable={}", this.service, kind.apply(e));
      throw e;
    }
  }
}
