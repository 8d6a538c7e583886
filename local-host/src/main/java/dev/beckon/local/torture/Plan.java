package dev.beckon.local.torture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What is done to the system in one round, and in which order. The same seed gives the same plan;
 * where the system stands when a step is taken is the operating system's affair.
 */
record Plan(List<Step> steps) {
  Plan {
    steps = List.copyOf(steps);
  }

  /**
   * One step.
   *
   * @param pauseMillis how long to wait first
   * @param fault what to do; null to drop the next file
   * @param draw what is left to chance: which worker, how many, how long
   */
  record Step(long pauseMillis, @Nullable Fault fault, int draw) {}

  /**
   * Draws a plan.
   *
   * @param kills how many workers are killed in it
   * @param files how many files are dropped while it goes on
   */
  static Plan of(long seed, int kills, int files) {
    int left = files;
    Random random = new Random(seed);
    List<Fault> faults = new ArrayList<>();
    add(faults, Fault.WORKER_KILLED, kills);
    add(faults, Fault.WORKER_FROZEN, Math.max(1, kills / 10));
    add(faults, Fault.STORE_CUT_BEFORE_REQUEST, Math.max(1, kills / 4));
    add(faults, Fault.STORE_CUT_WITHIN_REQUEST, Math.max(2, kills / 3));
    add(faults, Fault.STORE_CUT_BEFORE_REPLY, Math.max(2, kills / 2));
    add(faults, Fault.STORE_OUT, Math.max(1, kills / 20));
    add(faults, Fault.QUEUES_EMPTIED, Math.max(1, kills / 10));
    add(faults, Fault.HINTS_REPEATED, Math.max(1, kills / 5));
    add(faults, Fault.HINTS_DELAYED, Math.max(1, kills / 8));
    add(faults, Fault.MINUTES_PASSED, Math.max(1, kills / 5));
    add(faults, Fault.HOUR_PASSED, Math.max(1, kills / 10));
    add(faults, Fault.STORM, Math.max(1, kills / 12));
    add(faults, Fault.SILENCE, Math.max(1, kills / 12));
    Collections.shuffle(faults, random);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < faults.size(); i++) {
      // files come evenly, and none of them so late that nothing happens to it any more
      if (left > 0 && i % Math.max(1, faults.size() * 3 / 4 / files) == 0) {
        steps.add(new Step(0, null, 0));
        left--;
      }
      Fault fault = faults.get(i);
      long pause = fault == Fault.WORKER_KILLED ? 200 + random.nextInt(1000) : random.nextInt(500);
      steps.add(new Step(pause, fault, random.nextInt(1 << 20)));
    }
    for (; left > 0; left--) {
      steps.add(new Step(0, null, 0));
    }
    return new Plan(steps);
  }

  private static void add(List<Fault> faults, Fault fault, int times) {
    faults.addAll(Collections.nCopies(times, fault));
  }
}
