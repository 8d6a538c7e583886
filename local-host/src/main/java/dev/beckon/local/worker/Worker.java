package dev.beckon.local.worker;

import dev.beckon.app.EntryPoint;
import dev.beckon.aws.AwsFunctions;
import dev.beckon.local.Parts;
import dev.beckon.local.poller.LambdaFunction;
import dev.beckon.local.poller.PollerOptions;
import dev.beckon.local.poller.QueuePoller;
import dev.beckon.local.poller.Ticker;
import dev.beckon.local.servers.SqsServer;
import dev.beckon.local.servers.SqsServer.QueuePair;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Runs every function that AWS calls by itself, each behind its event source: in this process,
 * where the handlers are made by their public constructors and read this process's environment, or
 * wherever functions come from.
 */
public final class Worker implements AutoCloseable {
  /** A scan of a large file may take as long as Lambda allows. */
  private static final Duration FILE_TIMEOUT = Duration.ofMinutes(15);

  private final Parts parts = new Parts();
  private final PollerOptions.Redelivery redelivery;

  private Worker(Duration longestRedelivery) {
    this.redelivery = sooner(longestRedelivery);
  }

  /** Failed messages come back after 1, 2, 4 … s, sooner than by the queue's visibility. */
  private static PollerOptions.Redelivery sooner(Duration longest) {
    return receives -> {
      Duration doubling = Duration.ofSeconds(1L << Math.min(receives - 1, 10));
      return doubling.compareTo(longest) < 0 ? doubling : longest;
    };
  }

  /** How functions come to be. */
  @FunctionalInterface
  public interface Functions {

    /** The function that answers an entry point. */
    LambdaFunction function(EntryPoint entryPoint, Duration timeout);
  }

  /** Starts all event sources of functions in this process. */
  public static Worker start(WorkerSettings settings) {
    return start(
        settings,
        (entryPoint, timeout) ->
            new LambdaFunction(name(entryPoint), AwsFunctions.handler(entryPoint), timeout));
  }

  /** Starts all event sources of functions that come from elsewhere. */
  public static Worker start(WorkerSettings settings, Functions functions) {
    Worker worker = new Worker(settings.longestRedelivery());
    SqsClient sqs = worker.parts.keep(SqsServer.clientFor(settings.sqs()));
    Duration timeout = settings.functionTimeout();
    worker.queue(
        sqs, settings.files(), functions.function(EntryPoint.FILE_DROP, FILE_TIMEOUT), 1, 1);
    worker.queue(sqs, settings.chunks(), functions.function(EntryPoint.CHUNK, timeout), 1, 1);
    worker.queue(
        sqs, settings.priority(), functions.function(EntryPoint.DISPATCH_PRIORITY, timeout), 5, 1);
    worker.queue(
        sqs,
        settings.bulk(),
        functions.function(EntryPoint.DISPATCH_BULK, timeout),
        5,
        settings.environments());
    for (QueuePair pair : settings.queues().values()) {
      QueuePair dead = new QueuePair(pair.deadLetterUrl(), pair.deadLetterArn(), "", "");
      worker.queue(sqs, dead, functions.function(EntryPoint.DEAD_LETTER, timeout), 10, 1);
    }
    worker.parts.keep(
        Ticker.start(
            functions.function(EntryPoint.SWEEP, timeout),
            settings.sweepEvery(),
            Clock.systemUTC()));
    return worker;
  }

  /** What an entry point's function is called, such as {@code dispatch-bulk}. */
  public static String name(EntryPoint entryPoint) {
    return entryPoint.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void queue(
      SqsClient sqs, QueuePair queue, LambdaFunction function, int batch, int environments) {
    PollerOptions options =
        PollerOptions.of(queue.url(), queue.arn())
            .withBatch(batch, Duration.ZERO)
            .withConcurrency(environments)
            .withRedelivery(redelivery);
    parts.keep(QueuePoller.start(function, sqs, options));
  }

  /** Stops polling, lets running invocations end, and closes everything. */
  @Override
  public void close() {
    parts.close();
  }
}
