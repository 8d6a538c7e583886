package dev.beckon.local.functions;

import com.azure.core.exception.AzureException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invokes a function on its schedule, in UTC, never twice at once. A tick that fell into a time
 * without a host, or into the invocation before, is made up for at once and called past due; more
 * of them count as one. Azure lets one instance of all hold a timer; here every host has its own.
 */
final class TimerListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TimerListener.class);
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final AppFunction function;
  private final Ncrontab schedule;
  private final Optional<TimerStatus.Store> store;
  private final Optional<Duration> every;
  private final Invoker invoker;
  private final Clock clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  /**
   * A timer.
   *
   * @param every instead of the schedule
   */
  TimerListener(
      AppFunction function,
      Ncrontab schedule,
      TimerStatus.Store store,
      Optional<Duration> every,
      Invoker invoker,
      Clock clock) {
    this.function = function;
    this.schedule = schedule;
    this.every = every;
    boolean watched =
        every.isEmpty()
            && !schedule.isFrequent()
            && function.trigger().details().path("useMonitor").asBoolean(true);
    this.store = watched ? Optional.of(store) : Optional.empty();
    this.invoker = invoker;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("timer-" + function.name()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      TimerStatus status = known().orElseGet(() -> new TimerStatus(TimerStatus.NEVER, next(now())));
      boolean pastDue = store.isPresent() && status.next().isBefore(now());
      boolean startup =
          !pastDue && function.trigger().details().path("runOnStartup").asBoolean(false);
      keep(status);
      while (startup || pastDue || !stopsBefore(status.next())) {
        tick(status, pastDue);
        LocalDateTime now = now();
        // A clock may run a little ahead of the schedule; the same tick must not come twice.
        LocalDateTime from =
            !pastDue && !startup && status.next().isAfter(now) ? status.next() : now;
        status = new TimerStatus(from, next(from));
        keep(status);
        pastDue = false;
        startup = false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LocalDateTime now() {
    return LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private LocalDateTime next(LocalDateTime after) {
    return every.map(after::plus).orElseGet(() -> schedule.next(after));
  }

  /** A status of another schedule than this is none. */
  private Optional<TimerStatus> known() {
    try {
      return store
          .flatMap(kept -> kept.read(function.name()))
          .filter(status ->
              status.last().equals(TimerStatus.NEVER) || next(status.last()).equals(status.next()));
    } catch (AzureException | UncheckedIOException e) {
      LOG.warn("timer={} status=unread error={}", function.name(), e.getClass().getSimpleName());
      return Optional.empty();
    }
  }

  private void keep(TimerStatus status) {
    try {
      store.ifPresent(kept -> kept.write(function.name(), status));
    } catch (AzureException e) {
      LOG.warn("timer={} status=unwritten error={}", function.name(), e.getClass().getSimpleName());
    }
  }

  private boolean stopsBefore(LocalDateTime time) throws InterruptedException {
    Duration wait = Duration.between(now(), time);
    return stopping.await(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
  }

  private void tick(TimerStatus status, boolean pastDue) throws InterruptedException {
    if (stopping.getCount() == 0) {
      return;
    }
    Invoker.Outcome outcome =
        invoker.invoke(
            function,
            Invocation.of(
                new Input.Json(info(store.isPresent() ? status : null, pastDue)),
                Map.of("TimerTrigger", new Input.Text(now().toString()))));
    if (outcome instanceof Invoker.Outcome.TimedOut) {
      invoker.timedOut();
    }
  }

  static String info(@Nullable TimerStatus status, boolean pastDue) {
    ObjectNode info = JSON.createObjectNode();
    info.putObject("Schedule").put("AdjustForDST", true);
    info.set("ScheduleStatus", status == null ? JSON.nullNode() : status.json());
    info.put("IsPastDue", pastDue);
    return info.toString();
  }

  /** Ticks no more and waits for a running invocation. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
