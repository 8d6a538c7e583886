package dev.beckon.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Measured values of one invocation; of very many a thousand, each as likely to be among them as
 * any other. Used under a lock.
 */
final class Samples {
  static final int MOST = 1_000;

  private final SplittableRandom random = new SplittableRandom(0);
  private final List<Double> kept = new ArrayList<>();
  private int seen;

  void add(double value) {
    seen++;
    if (kept.size() < MOST) {
      kept.add(value);
      return;
    }
    int place = random.nextInt(seen);
    if (place < MOST) {
      kept.set(place, value);
    }
  }

  List<Double> values() {
    return List.copyOf(kept);
  }
}
