package dev.beckon.local.lambda;

import dev.beckon.local.poller.LambdaEnvironment;
import dev.beckon.local.poller.LambdaFunction;
import dev.beckon.local.poller.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An environment in a process of its own, started at the first event. After a time-out the process
 * is killed; after it, a failed start or an exit the next event starts another.
 */
final class ProcessEnvironment implements LambdaEnvironment {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessEnvironment.class);

  /**
   * Lambda allows ten seconds and then the function's own time; here other processes start, too.
   */
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private final LambdaFunction function;
  private final FunctionProcess.Launch launch;
  private @Nullable FunctionProcess process;

  ProcessEnvironment(LambdaFunction function, FunctionProcess.Launch launch) {
    this.function = function;
    this.launch = launch;
  }

  @Override
  public synchronized Outcome invoke(String eventJson) {
    function.started();
    Outcome outcome = run(eventJson);
    function.ended(outcome);
    return outcome;
  }

  private Outcome run(String eventJson) {
    try {
      return new Outcome.Returned(ready().invoke(eventJson, function.timeout()));
    } catch (TimeoutException e) {
      LOG.warn("event=timed_out function={} after={}", function.name(), function.timeout());
      kill();
      return new Outcome.TimedOut();
    } catch (FunctionErrorException e) {
      // the kind only: a message may quote an address
      LOG.warn("event=failed function={} phase={} error={}", function.name(), e.phase(), e.type());
      if (e.phase() != FunctionErrorException.Phase.INVOKE) {
        kill();
      }
      return new Outcome.Failed(e);
    } catch (IOException e) {
      LOG.warn("event=start_failed function={}", function.name(), e);
      return new Outcome.Failed(e);
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      return new Outcome.Failed(e);
    }
  }

  private FunctionProcess ready()
      throws IOException, FunctionErrorException, TimeoutException, InterruptedException {
    FunctionProcess running = process;
    if (running == null || !running.isAlive()) {
      kill();
      running = FunctionProcess.start(launch);
      process = running;
      running.awaitReady(LONGEST_START);
    }
    return running;
  }

  /** The running process's number; -1 while there is none. */
  synchronized long pid() {
    FunctionProcess running = process;
    return running == null || !running.isAlive() ? -1 : running.pid();
  }

  private void kill() {
    FunctionProcess running = process;
    process = null;
    if (running != null) {
      try {
        running.kill();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public synchronized void close() {
    FunctionProcess running = process;
    process = null;
    if (running != null) {
      running.close();
    }
  }
}
