package dev.beckon.dispatch;

import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a vendor account is worth calling. After some calls in a row that the vendor itself
 * failed nothing more is claimed for it: rows wait without spending attempts, and a vendor that
 * hangs puts a few rows in doubt and not all. When the wait is over single calls probe it until one
 * is answered. Known to this process only. Thread-safe.
 */
final class Circuit {
  /** Calls in a row; at a random fault rate of 30 % as many come together once in 170,000 calls. */
  static final int FAULTS = 10;

  static final Duration FIRST_WAIT = Duration.ofSeconds(10);
  static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /** What a call asks before it begins. */
  enum State {
    CLOSED,
    /** Nothing may be sent. */
    OPEN,
    /** One call at a time may find out whether the vendor is back. */
    PROBING
  }

  /** The circuit has just opened. */
  record Opening(Instant until, String reason) {}

  private int faults;
  private Duration wait = FIRST_WAIT;
  private @Nullable Instant openUntil;
  private @Nullable Opening news;

  synchronized State state(Instant now) {
    Instant until = openUntil;
    if (until == null) {
      return State.CLOSED;
    }
    return now.isBefore(until) ? State.OPEN : State.PROBING;
  }

  /** When the next call may be made; empty when it may be made now. */
  synchronized Optional<Instant> openUntil(Instant now) {
    return Optional.ofNullable(openUntil).filter(now::isBefore);
  }

  /** Notes what one call came to. */
  void answered(Collection<SendResult> results, Instant now) {
    answered(results, now, false);
  }

  /**
   * Notes what one call came to.
   *
   * @param elsewhere whether all its rows have other vendor accounts: then one that refuses us is
   *     not worth calling either
   */
  synchronized void answered(Collection<SendResult> results, Instant now, boolean elsewhere) {
    if (results.isEmpty() || results.stream().allMatch(r -> r.code() == SendCode.NOT_STARTED)) {
      return; // the vendor was not called
    }
    if (results.stream().anyMatch(result -> !vendorsFault(result.code(), elsewhere))) {
      faults = 0;
      wait = FIRST_WAIT;
      openUntil = null;
      return;
    }
    faults++;
    Instant until = openUntil;
    boolean probeFailed = until != null && !now.isBefore(until);
    if (probeFailed || (until == null && faults >= FAULTS)) {
      openUntil = now.plus(wait);
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
      if (!probeFailed) {
        SendResult last = results.iterator().next();
        news = new Opening(now.plus(FIRST_WAIT), last.reason());
      }
    }
  }

  /** That it opened, told once. */
  synchronized Optional<Opening> news() {
    Optional<Opening> told = Optional.ofNullable(news);
    news = null;
    return told;
  }

  private static boolean vendorsFault(SendCode code, boolean elsewhere) {
    return switch (code) {
      case UNAVAILABLE, NO_REPLY, UNCLEAR_REPLY -> true;
      case BAD_CONFIGURATION -> elsewhere;
      case ACCEPTED, BAD_RECIPIENT, BAD_CONTENT, THROTTLED, NOT_STARTED -> false;
    };
  }
}
