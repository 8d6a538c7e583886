package dev.beckon.azure;

import java.time.Duration;

/** What the entry points may take; host.json's {@code functionTimeout} lies above all of them. */
final class Times {
  /** A message or a beat of the timer. */
  static final Duration SHORT = Duration.ofMinutes(2);

  /** The scan of a file; what it does not end, the next one takes up. */
  static final Duration FILE = Duration.ofMinutes(15);

  private Times() {}
}
