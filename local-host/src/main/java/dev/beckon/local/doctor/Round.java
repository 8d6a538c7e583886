package dev.beckon.local.doctor;

import dev.beckon.check.Finding;
import dev.beckon.local.doctor.Report.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Checks made at once, each within the same time: one that hangs or fails is a finding of its own
 * and keeps no other from being told.
 */
final class Round {
  private final Duration bound;

  Round(Duration bound) {
    this.bound = bound;
  }

  /** What was found, in the order of the checks. */
  List<Entry> run(List<Check> checks) {
    long end = System.nanoTime() + bound.toNanos();
    List<FutureTask<List<Finding>>> tasks = new ArrayList<>();
    for (Check check : checks) {
      FutureTask<List<Finding>> task = new FutureTask<>(check.look());
      // not joined: one that ignores its interrupt must not hold up the command
      Thread.ofVirtual().name("check " + check.area()).start(task);
      tasks.add(task);
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < checks.size(); i++) {
      String area = checks.get(i).area();
      findings(tasks.get(i), end).forEach(finding -> entries.add(new Entry(area, finding)));
    }
    return entries;
  }

  private List<Finding> findings(FutureTask<List<Finding>> task, long end) {
    try {
      return task.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      return List.of(
          Finding.wrong(
              "no answer within " + bound.toSeconds() + " s",
              "check that it is reachable from here, then run the doctor again"));
    } catch (ExecutionException e) {
      return List.of(Trouble.of(e.getCause() == null ? e : e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(Finding.unknown("interrupted before it was looked at", ""));
    }
  }
}
