package dev.beckon.local.functions;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls functions, each on a thread of its own, and gives them up at the time-out. Azure then ends
 * the worker process and starts another; here {@code onTimeout} does what a process can do of that.
 * Thread-safe.
 */
final class Invoker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Invoker.class);

  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("function-", 1).factory());
  private final Optional<Duration> timeout;
  private final Outputs outputs;
  private final Runnable onTimeout;

  Invoker(Optional<Duration> timeout, Outputs outputs, Runnable onTimeout) {
    this.timeout = timeout;
    this.outputs = outputs;
    this.onTimeout = onTimeout;
  }

  /** How a call ended. */
  sealed interface Outcome {
    /** It returned. */
    record Done(AppFunction.Result result) implements Outcome {}

    /** It threw, or the worker could not even call it. */
    record Failed() implements Outcome {}

    /** It did not return in time. */
    record TimedOut() implements Outcome {}
  }

  /** Calls and waits. */
  Outcome invoke(AppFunction function, Invocation invocation) throws InterruptedException {
    long start = System.nanoTime();
    Future<AppFunction.Result> running = threads.submit(() -> call(function, invocation));
    Outcome outcome;
    try {
      outcome =
          new Outcome.Done(
              timeout.isPresent()
                  ? running.get(timeout.get().toNanos(), TimeUnit.NANOSECONDS)
                  : running.get());
    } catch (ExecutionException e) {
      Throwable thrown = e.getCause();
      LOG.warn(
          "event=failed function={} invocation={} error={}",
          function.name(),
          invocation.id(),
          thrown == null ? e.getClass().getName() : thrown.getClass().getName());
      LOG.debug("event=failed invocation={}", invocation.id(), thrown);
      outcome = new Outcome.Failed();
    } catch (TimeoutException e) {
      LOG.error(
          "event=timed_out function={} invocation={} after={}",
          function.name(),
          invocation.id(),
          timeout.orElseThrow());
      outcome = new Outcome.TimedOut();
    }
    LOG.debug(
        "event=invoked function={} invocation={} outcome={} ms={}",
        function.name(),
        invocation.id(),
        outcome.getClass().getSimpleName(),
        Duration.ofNanos(System.nanoTime() - start).toMillis());
    return outcome;
  }

  /** With its outputs: a call whose outputs cannot be written has failed. */
  private AppFunction.Result call(AppFunction function, Invocation invocation) throws Exception {
    AppFunction.Result result = function.call(invocation);
    outputs.write(function, result.outputs());
    return result;
  }

  /** To be called when the outcome of a call that timed out is dealt with. */
  void timedOut() {
    onTimeout.run();
  }

  /** Waits for running calls. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
