package dev.beckon.access;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * How many wrong keys came from where in this minute, in this process: nothing is asked of anybody
 * for them. Thread-safe.
 */
final class WrongKeys {
  static final int MOST_PER_MINUTE = 30;
  private static final int MOST_SOURCES = 10_000;

  private final Clock clock;
  private final Map<String, Integer> bySource = new HashMap<>();
  private long minute;

  WrongKeys(Clock clock) {
    this.clock = clock;
  }

  /**
   * Notes a wrong key.
   *
   * @param seconds until the source is listened to again; 0 when it is now
   * @param isFirst whether it was the one too many
   */
  record Noted(int seconds, boolean isFirst) {}

  synchronized Noted note(String source) {
    long second = clock.instant().getEpochSecond();
    if (second / 60 != minute || bySource.size() >= MOST_SOURCES) {
      bySource.clear();
      minute = second / 60;
    }
    int wrong = bySource.merge(source, 1, Integer::sum);
    return wrong <= MOST_PER_MINUTE
        ? new Noted(0, false)
        : new Noted(60 - (int) (second % 60), wrong == MOST_PER_MINUTE + 1);
  }
}
