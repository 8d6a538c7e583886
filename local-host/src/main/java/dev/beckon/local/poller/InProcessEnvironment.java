package dev.beckon.local.poller;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An environment on a thread of this process: quick to make, and easy to look into. The handler is
 * made at the first invocation and again after a time-out.
 */
final class InProcessEnvironment implements LambdaEnvironment {

  private static final Logger LOG = LoggerFactory.getLogger(InProcessEnvironment.class);

  private final LambdaFunction function;
  private final Supplier<?> handlers;
  private @Nullable ExecutorService thread;
  private @Nullable HandlerCall call;

  InProcessEnvironment(LambdaFunction function, Supplier<?> handlers) {
    this.function = function;
    this.handlers = handlers;
  }

  @Override
  public synchronized Outcome invoke(String eventJson) {
    function.started();
    Outcome outcome = run(eventJson);
    function.ended(outcome);
    return outcome;
  }

  private Outcome run(String eventJson) {
    ExecutorService runner = thread;
    if (runner == null) {
      runner = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
      thread = runner;
    }
    Future<String> result = runner.submit(() -> call(eventJson));
    try {
      return new Outcome.Returned(result.get(function.timeout().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      LOG.warn("event=timed_out function={} after={}", function.name(), function.timeout());
      discard();
      return new Outcome.TimedOut();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      // the kind only: a message may quote an address
      LOG.warn("event=failed function={} error={}", function.name(), cause.getClass().getName());
      return new Outcome.Failed(cause);
    } catch (InterruptedException e) {
      discard();
      Thread.currentThread().interrupt();
      return new Outcome.Failed(e);
    }
  }

  private String call(String eventJson) throws Exception {
    Context context = new InvocationContext(function, UUID.randomUUID().toString());
    HandlerCall ready = call;
    if (ready == null) {
      ready = HandlerCall.of(handlers.get());
      call = ready;
    }
    return ready.call(eventJson, context);
  }

  private void discard() {
    if (thread != null) {
      thread.shutdownNow();
    }
    thread = null;
    call = null;
  }

  /** Ends the thread; a handler that can be closed is closed. */
  @Override
  public synchronized void close() {
    HandlerCall last = call;
    discard();
    if (last != null && last.handler() instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        LOG.warn("event=close_failed function={} error={}", function.name(), e.getClass());
      }
    }
  }
}
