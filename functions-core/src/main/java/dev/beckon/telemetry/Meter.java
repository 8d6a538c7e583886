package dev.beckon.telemetry;

import java.util.Map;

/**
 * Takes counts and measured values; aggregates them and lets go of them when it is flushed, at the
 * end of an invocation. Thread-safe. It never throws: nothing fails because it was not counted.
 */
public interface Meter {

  /** Counts and measures nothing. */
  Meter NONE =
      new Meter() {
        @Override
        public void add(Metric metric, Map<Tag, String> about, long count) {}

        @Override
        public void record(Metric metric, Map<Tag, String> about, double value) {}

        @Override
        public void flush() {}
      };

  /**
   * Counts.
   *
   * @param about VENDOR, LANE: figures are told apart by them; ACCOUNT, DISPATCH: only said with
   *     them
   */
  void add(Metric metric, Map<Tag, String> about, long count);

  /** Takes one measured value, in the metric's unit. */
  void record(Metric metric, Map<Tag, String> about, double value);

  /** Writes what came together since the last time. */
  void flush();
}
