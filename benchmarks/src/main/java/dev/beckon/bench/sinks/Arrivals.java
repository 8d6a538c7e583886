package dev.beckon.bench.sinks;

import java.util.Arrays;

/** When requests arrived. Thread-safe. */
public final class Arrivals {
  private static final long SECOND = 1_000_000_000L;

  private long[] nanos = new long[1 << 10];
  private int count;

  void now() {
    at(System.nanoTime());
  }

  synchronized void at(long when) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, count * 2);
    }
    nanos[count++] = when;
  }

  /** How many. */
  public synchronized int count() {
    return count;
  }

  /** Seconds from the first to the last. */
  public synchronized double seconds() {
    long[] sorted = sorted();
    return count == 0 ? 0 : (sorted[count - 1] - sorted[0]) / (double) SECOND;
  }

  /** The most in any second, wherever it begins. */
  public synchronized int busiestSecond() {
    long[] sorted = sorted();
    int most = 0;
    int from = 0;
    for (int to = 0; to < sorted.length; to++) {
      while (sorted[to] - sorted[from] >= SECOND) {
        from++;
      }
      most = Math.max(most, to - from + 1);
    }
    return most;
  }

  private long[] sorted() {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted;
  }
}
