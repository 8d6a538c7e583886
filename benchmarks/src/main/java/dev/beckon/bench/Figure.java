package dev.beckon.bench;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the report.
 *
 * @param name what was measured
 * @param limit what bounds it, measured in the same run; null where nothing is known
 * @param limitName how the limit was measured
 * @param bar what we hold ourselves to; null where there is none
 * @param details more of the same measurement, by name
 */
public record Figure(
    Arrangement arrangement,
    String name,
    double value,
    String unit,
    @Nullable Double limit,
    String limitName,
    @Nullable Bar bar,
    Map<String, Double> details) {

  /** Figures of different arrangements say different things and are never compared. */
  public enum Arrangement {
    /** Single steps, measured by JMH in this machine's own time. */
    STEPS("single steps (JMH)"),
    /** The worker's process on one core, its sinks on the other. */
    PATHS("one core for the worker, the other for the sinks"),
    /** Everything, worker processes and emulators, on all cores. */
    WHOLE("whole runs on the emulators, everything on the same cores"),
    /** Processes of single functions, started cold. */
    STARTS("cold starts under Lambda's runtime client, to the end of the first invocation");

    private final String title;

    Arrangement(String title) {
      this.title = title;
    }

    /** As a heading. */
    public String title() {
      return title;
    }
  }

  /**
   * What a figure must reach.
   *
   * @param atLeast true where more is better
   */
  public record Bar(double value, boolean atLeast) {
    static Bar atLeast(double value) {
      return new Bar(value, true);
    }

    static Bar atMost(double value) {
      return new Bar(value, false);
    }
  }

  /** Without limit and bar. */
  static Figure plain(Arrangement arrangement, String name, double value, String unit) {
    return new Figure(arrangement, name, value, unit, null, "", null, Map.of());
  }

  /** The same beside what it must reach. */
  Figure holding(Bar bar) {
    return new Figure(arrangement, name, value, unit, limit, limitName, bar, details);
  }

  /** The same beside what bounds it. */
  Figure within(double limit, String limitName) {
    return new Figure(arrangement, name, value, unit, limit, limitName, bar, details);
  }

  /** The same with more details. */
  Figure with(Map<String, Double> details) {
    return new Figure(arrangement, name, value, unit, limit, limitName, bar, details);
  }

  /** The share of its limit that was reached; null without a limit. */
  public @Nullable Double ratio() {
    return limit == null ? null : value / limit;
  }

  /** Whether it reaches its bar; null without one. */
  public @Nullable Boolean passes() {
    if (bar == null) {
      return null;
    }
    return bar.atLeast() ? value >= bar.value() : value <= bar.value();
  }
}
