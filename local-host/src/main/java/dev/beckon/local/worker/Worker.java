package dev.beckon.local.worker;

import dev.beckon.aws.ChunkHandler;
import dev.beckon.aws.DeadLetterHandler;
import dev.beckon.aws.DispatchHandler;
import dev.beckon.aws.ObjectCreatedHandler;
import dev.beckon.aws.SweepHandler;
import dev.beckon.local.Parts;
import dev.beckon.local.poller.LambdaFunction;
import dev.beckon.local.poller.PollerOptions;
import dev.beckon.local.poller.QueuePoller;
import dev.beckon.local.poller.Ticker;
import dev.beckon.local.servers.SqsServer;
import dev.beckon.local.servers.SqsServer.QueuePair;
import java.time.Clock;
import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Runs every function of the AWS host in this process, each behind its event source. The handlers
 * are made by their public constructors and read this process's environment.
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

  /** Starts all event sources. */
  public static Worker start(WorkerSettings settings) {
    Worker worker = new Worker(settings.longestRedelivery());
    SqsClient sqs = worker.parts.keep(SqsServer.clientFor(settings.sqs()));
    Duration timeout = settings.functionTimeout();
    worker.queue(
        sqs,
        settings.files(),
        new LambdaFunction("file-drop", ObjectCreatedHandler.class, FILE_TIMEOUT),
        1,
        1);
    worker.queue(
        sqs, settings.chunks(), new LambdaFunction("chunk", ChunkHandler.class, timeout), 1, 1);
    worker.queue(
        sqs,
        settings.priority(),
        new LambdaFunction("dispatch-priority", DispatchHandler.class, timeout),
        5,
        1);
    worker.queue(
        sqs,
        settings.bulk(),
        new LambdaFunction("dispatch-bulk", DispatchHandler.class, timeout),
        5,
        settings.environments());
    for (QueuePair pair : settings.queues().values()) {
      QueuePair dead = new QueuePair(pair.deadLetterUrl(), pair.deadLetterArn(), "", "");
      worker.queue(
          sqs, dead, new LambdaFunction("dead-letter", DeadLetterHandler.class, timeout), 10, 1);
    }
    worker.parts.keep(
        Ticker.start(
            new LambdaFunction("sweep", SweepHandler.class, timeout),
            settings.sweepEvery(),
            Clock.systemUTC()));
    return worker;
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
