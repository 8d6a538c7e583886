package dev.beckon.telemetry;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.MDC;

/**
 * Adds up what invocations count until each of them ends, and hands it over in pieces of a line.
 * Where several run at once, each is told by what its threads say they work for. Thread-safe.
 */
public final class Tally implements Meter {
  /** What CloudWatch allows for one metric of a line; a bound that is good elsewhere too. */
  private static final int MOST_VALUES = 100;

  private final Consumer<Figures> lines;

  private final Map<String, Map<Map<Tag, String>, Sums>> invocations = new LinkedHashMap<>();

  /**
   * @param lines takes each piece, by the thread that flushes
   */
  public Tally(Consumer<Figures> lines) {
    this.lines = lines;
  }

  private static final class Sums {
    final Map<Metric, Long> counts = new EnumMap<>(Metric.class);
    final Map<Metric, Samples> samples = new EnumMap<>(Metric.class);
  }

  @Override
  public synchronized void add(Metric metric, Map<Tag, String> about, long count) {
    of(about).counts.merge(metric, count, Long::sum);
  }

  @Override
  public synchronized void record(Metric metric, Map<Tag, String> about, double value) {
    of(about).samples.computeIfAbsent(metric, any -> new Samples()).add(value);
  }

  private Sums of(Map<Tag, String> about) {
    Map<Tag, String> kept = new EnumMap<>(Tag.class);
    for (Tag tag : Figures.PROPERTIES) {
      String value = about.get(tag);
      if (value != null) {
        kept.put(tag, value);
      }
    }
    return invocations
        .computeIfAbsent(invocation(), any -> new LinkedHashMap<>())
        .computeIfAbsent(kept, any -> new Sums());
  }

  /** The one this thread works for; empty for none. */
  private static String invocation() {
    return Objects.requireNonNullElse(MDC.get(Tag.REQUEST_ID.label()), "");
  }

  /** Hands over what this thread's invocation counted, and what was counted outside of any. */
  @Override
  public void flush() {
    Map<Map<Tag, String>, Sums> own;
    Map<Map<Tag, String>, Sums> nobodys;
    synchronized (this) {
      own = take(invocation());
      nobodys = take("");
    }
    own.forEach(this::handOver);
    nobodys.forEach(this::handOver);
  }

  private Map<Map<Tag, String>, Sums> take(String invocation) {
    return Objects.requireNonNullElse(invocations.remove(invocation), Map.of());
  }

  /** In as many pieces as its longest list of values needs; the counts are in the first. */
  private void handOver(Map<Tag, String> about, Sums sums) {
    Map<Metric, List<Double>> left = new EnumMap<>(Metric.class);
    sums.samples.forEach((metric, samples) -> left.put(metric, samples.values()));
    Map<Metric, Long> counts = sums.counts;
    do {
      Map<Metric, List<Double>> now = new EnumMap<>(Metric.class);
      left.forEach((metric, values) ->
          now.put(metric, values.subList(0, Math.min(MOST_VALUES, values.size()))));
      lines.accept(new Figures(about, counts, now));
      now.forEach((metric, values) ->
          left.compute(
              metric,
              (any, all) ->
                  values.size() == all.size() ? null : all.subList(values.size(), all.size())));
      counts = Map.of();
    } while (!left.isEmpty());
  }
}
