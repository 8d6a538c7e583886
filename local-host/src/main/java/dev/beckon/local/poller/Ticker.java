package dev.beckon.local.poller;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A schedule: invokes a function with a scheduled event at an interval, never twice at once; ticks
 * that fall into a running invocation are skipped. Thread-safe.
 */
public final class Ticker implements AutoCloseable {

  private final LambdaFunction function;
  private final Clock clock;
  private final LambdaEnvironment environment;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  private Ticker(LambdaFunction function, Duration interval, Clock clock) {
    this.function = function;
    this.clock = clock;
    this.environment = function.newEnvironment();
    this.thread =
        Thread.ofVirtual().name(function.name() + "-timer").unstarted(() -> run(interval));
  }

  /** Starts; the first tick comes after one interval. */
  public static Ticker start(LambdaFunction function, Duration interval, Clock clock) {
    Ticker ticker = new Ticker(function, interval, clock);
    ticker.thread.start();
    return ticker;
  }

  /** Ticks now, out of turn, and returns when the invocation ended. */
  public Outcome tick() {
    return environment.invoke(event());
  }

  private void run(Duration interval) {
    try {
      while (!stopping.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
        tick();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String event() {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event
        .put("version", "0")
        .put("id", UUID.randomUUID().toString())
        .put("detail-type", "Scheduled Event")
        .put("source", "aws.events")
        .put("account", "000000000000")
        .put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("region", "eu-west-1");
    event
        .putArray("resources")
        .add("arn:aws:events:eu-west-1:000000000000:rule/" + function.name());
    event.putObject("detail");
    return event.toString();
  }

  /** Ticks no more and waits for a running invocation. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    environment.close();
  }
}
