package dev.beckon.local.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened from the first message settled to the last, in equal steps of time. Immutable.
 *
 * @param begun the beginning of the first step
 * @param step in milliseconds
 */
record Course(Figures end, Instant begun, long step, List<Step> steps) {

  private static final int MOST_STEPS = 120;
  private static final long[] STEPS = {
    100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000, 900_000, 3_600_000
  };

  Course {
    steps = List.copyOf(steps);
  }

  /** Messages handed in together. */
  record Produced(Instant at, int messages) {}

  /**
   * One step of time.
   *
   * @param sent in this step, as failed
   * @param millis mean time of its messages; not a number when none told theirs
   * @param soFar the mean over all until its end
   * @param sentInAll until its end, as failedInAll
   * @param waiting at its end: handed in and neither sent nor failed
   */
  record Step(
      long sent,
      long failed,
      double millis,
      double soFar,
      long sentInAll,
      long failedInAll,
      long waiting) {}

  static Course of(Figures end, List<Settled> settled, List<Produced> produced) {
    if (settled.isEmpty()) {
      return new Course(end, end.at(), STEPS[0], List.of());
    }
    Instant first = settled.stream().map(Settled::at).min(Instant::compareTo).orElseThrow();
    Instant last = settled.stream().map(Settled::at).max(Instant::compareTo).orElseThrow();
    long span = Duration.between(first, last).toMillis() + 1;
    long step = STEPS[STEPS.length - 1];
    for (int i = STEPS.length - 1; i >= 0 && Math.ceilDiv(span, STEPS[i]) <= MOST_STEPS; i--) {
      step = STEPS[i];
    }
    int count = (int) Math.ceilDiv(span, step);
    return new Course(end, first, step, steps(first, step, count, settled, produced));
  }

  /** How long it took from the first to the last. */
  Duration length() {
    return Duration.ofMillis(step * steps.size());
  }

  private static List<Step> steps(
      Instant first, long step, int count, List<Settled> settled, List<Produced> produced) {
    long[] sent = new long[count];
    long[] failed = new long[count];
    long[] timed = new long[count];
    double[] millis = new double[count];
    for (Settled one : settled) {
      int i = index(first, step, count, one.at());
      (one.sent() ? sent : failed)[i]++;
      if (!Double.isNaN(one.millis())) {
        timed[i]++;
        millis[i] += one.millis();
      }
    }
    long[] added = new long[count];
    for (Produced some : produced) {
      added[index(first, step, count, some.at())] += some.messages();
    }
    List<Step> steps = new ArrayList<>(count);
    long allSent = 0;
    long allFailed = 0;
    long allTimed = 0;
    long allAdded = 0;
    double allMillis = 0;
    for (int i = 0; i < count; i++) {
      allSent += sent[i];
      allFailed += failed[i];
      allTimed += timed[i];
      allMillis += millis[i];
      allAdded += added[i];
      steps.add(
          new Step(
              sent[i],
              failed[i],
              timed[i] == 0 ? Double.NaN : millis[i] / timed[i],
              allTimed == 0 ? Double.NaN : allMillis / allTimed,
              allSent,
              allFailed,
              Math.max(0, allAdded - allSent - allFailed)));
    }
    return steps;
  }

  /** What came before the first step counts for it, what comes after the last for that. */
  private static int index(Instant first, long step, int count, Instant at) {
    return Math.clamp(Duration.between(first, at).toMillis() / step, 0, count - 1);
  }
}
