package dev.beckon.memory;

import dev.beckon.telemetry.Meter;
import dev.beckon.telemetry.Metric;
import dev.beckon.telemetry.Tag;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Keeps what was counted and measured, flushed or not, for tests. Thread-safe. */
public final class MemoryMeter implements Meter {
  private final Map<Metric, Long> counts = new EnumMap<>(Metric.class);
  private final Map<Metric, List<Double>> values = new EnumMap<>(Metric.class);
  private int flushes;

  @Override
  public synchronized void add(Metric metric, Map<Tag, String> about, long count) {
    counts.merge(metric, count, Long::sum);
  }

  @Override
  public synchronized void record(Metric metric, Map<Tag, String> about, double value) {
    values.computeIfAbsent(metric, any -> new ArrayList<>()).add(value);
  }

  @Override
  public synchronized void flush() {
    flushes++;
  }

  public synchronized long count(Metric metric) {
    return counts.getOrDefault(metric, 0L);
  }

  public synchronized List<Double> values(Metric metric) {
    return List.copyOf(values.getOrDefault(metric, List.of()));
  }

  public synchronized int flushes() {
    return flushes;
  }
}
