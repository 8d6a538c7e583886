package dev.beckon.local.torture;

import dev.beckon.local.servers.FaultyVendor.Weather;
import dev.beckon.local.servers.StoreProxy.Cut;
import dev.beckon.local.servers.VendorFault;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Does to an arena what a plan says, and counts it. Not thread-safe. */
final class Chaos {
  /** A vendor's bad day: one request in ten meets a fault of any kind. */
  static final Weather BAD_DAY =
      new Weather(
          0.10,
          List.of(VendorFault.values()).stream().filter(kind -> kind != VendorFault.NONE).toList());

  private static final Weather STORM =
      new Weather(
          0.8, List.of(VendorFault.THROTTLE, VendorFault.THROTTLE_SILENT, VendorFault.UNAVAILABLE));

  private static final Weather SILENCE =
      new Weather(
          0.5,
          List.of(
              VendorFault.HANG_TAKEN,
              VendorFault.HANG_LOST,
              VendorFault.RESET_BEFORE,
              VendorFault.RESET_TAKEN,
              VendorFault.RESET_LOST));

  /** Intake and starts are to be hit, too. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

  private final Arena arena;
  private final int workers;
  private final Map<Fault, Long> done = new EnumMap<>(Fault.class);
  private @Nullable Duration longOutage;
  private long sentAtLastKill;
  private long killsAtWork;

  /**
   * @param longOutage how long the first outage of the store lasts; null when it is like the others
   */
  Chaos(Arena arena, int workers, @Nullable Duration longOutage) {
    this.arena = arena;
    this.workers = workers;
    this.longOutage = longOutage;
  }

  /** What was done so far. */
  Map<Fault, Long> done() {
    Map<Fault, Long> all = new EnumMap<>(done);
    all.put(Fault.STORE_CUT_BEFORE_REQUEST, arena.store().done(Cut.BEFORE_REQUEST));
    all.put(Fault.STORE_CUT_WITHIN_REQUEST, arena.store().done(Cut.WITHIN_REQUEST));
    all.put(Fault.STORE_CUT_BEFORE_REPLY, arena.store().done(Cut.BEFORE_REPLY));
    return all;
  }

  /**
   * Kills before which messages had gone out since the last one; the others hit starts and intake.
   */
  long killsAtWork() {
    return killsAtWork;
  }

  void take(Plan.Step step) throws IOException, InterruptedException {
    Arena.pause(Duration.ofMillis(step.pauseMillis()));
    arena.crew().fill(workers);
    Fault fault = step.fault();
    if (fault == null) {
      return;
    }
    int draw = step.draw();
    long times =
        switch (fault) {
          case WORKER_KILLED -> kill(draw);
          case WORKER_FROZEN -> freeze(draw);
          case STORE_CUT_BEFORE_REQUEST -> cut(Cut.BEFORE_REQUEST);
          case STORE_CUT_WITHIN_REQUEST -> cut(Cut.WITHIN_REQUEST);
          case STORE_CUT_BEFORE_REPLY -> cut(Cut.BEFORE_REPLY);
          case STORE_OUT -> outage(draw);
          case QUEUES_EMPTIED -> {
            arena.emptyQueues();
            yield 1;
          }
          case HINTS_REPEATED -> arena.repeatHints(20, 1 + draw % 3, 0);
          case HINTS_DELAYED -> arena.repeatHints(10, 1, 1 + draw % 15);
          case MINUTES_PASSED -> jump(Duration.ofSeconds(60 + draw % 240));
          case HOUR_PASSED -> jump(Arena.PAST_HINTS);
          case STORM -> weather(STORM, Duration.ofMillis(2_000 + draw % 2_000));
          case SILENCE -> weather(SILENCE, Duration.ofMillis(1_000 + draw % 2_000));
        };
    done.merge(fault, times, Long::sum);
  }

  /**
   * Killing workers that only just start would prove little: first something must have gone out.
   */
  private long kill(int draw) throws InterruptedException {
    long enough = sentAtLastKill + 1 + draw % 80;
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (arena.sent() < enough && System.nanoTime() < end) {
      Arena.pause(Duration.ofMillis(20));
    }
    killsAtWork += arena.sent() < enough ? 0 : 1;
    arena.crew().kill(draw);
    sentAtLastKill = arena.sent();
    return 1;
  }

  /** Frozen while its claims run out and others go on, then let go on where it stood. */
  private long freeze(int draw) throws IOException, InterruptedException {
    arena.crew().freeze(draw);
    Arena.pause(Duration.ofMillis(draw % 400));
    arena.clock().jump(Duration.ofMinutes(3 + draw % 40));
    // longer than a sweep's interval: somebody finds the claims expired
    Arena.pause(Duration.ofMillis(2_500));
    arena.crew().thaw(draw);
    return 1;
  }

  private long outage(int draw) {
    Duration length = Duration.ofMillis(1_500 + draw % 4_000);
    if (longOutage != null) {
      length = longOutage;
      longOutage = null;
    }
    arena.store().goesOut();
    Arena.pause(length);
    arena.store().comesBack();
    return 1;
  }

  private long cut(Cut cut) {
    arena.store().arm(cut);
    return 1;
  }

  private long jump(Duration by) {
    arena.clock().jump(by);
    return 1;
  }

  private long weather(Weather weather, Duration length) {
    arena.vendor().turns(weather);
    Arena.pause(length);
    arena.vendor().turns(BAD_DAY);
    return 1;
  }
}
