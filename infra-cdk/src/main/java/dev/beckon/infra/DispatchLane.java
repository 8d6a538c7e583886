package dev.beckon.infra;

import java.util.List;
import java.util.Locale;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.amazon.awscdk.services.sqs.RedriveAllowPolicy;
import software.amazon.awscdk.services.sqs.RedrivePermission;
import software.constructs.Construct;

/** A queue of hints, its dead-letter queue, and the function that works it off. */
final class DispatchLane extends Construct {
  /** After this many receives a message goes to the dead-letter queue. */
  private static final int RECEIVES = 10;

  private static final Duration RETENTION = Duration.days(14);

  /** AWS's advice for a queue that feeds a function: so many of its time-outs. */
  private static final int TIMEOUTS = 6;

  private final Queue queue;
  private final Queue deadLetters;
  private final String label;

  /**
   * @param timeout of the function that works the queue off
   */
  DispatchLane(Construct scope, String id, Settings settings, Duration timeout) {
    super(scope, id);
    label = id.toLowerCase(Locale.ROOT);
    deadLetters =
        Queue.Builder.create(this, "DeadLetters")
            .queueName(settings.stackName() + "-" + label + "-dead")
            .visibilityTimeout(sixTimes(FunctionShape.DEAD_LETTER_TIMEOUT))
            .retentionPeriod(RETENTION)
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            // a hint that is lost is repeated: nothing of a queue has to outlive the stack
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    queue =
        Queue.Builder.create(this, "Queue")
            .queueName(settings.stackName() + "-" + label)
            .visibilityTimeout(sixTimes(timeout))
            .retentionPeriod(RETENTION)
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            .deadLetterQueue(
                DeadLetterQueue.builder().queue(deadLetters).maxReceiveCount(RECEIVES).build())
            .redriveAllowPolicy(
                RedriveAllowPolicy.builder().redrivePermission(RedrivePermission.DENY_ALL).build())
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
  }

  private static Duration sixTimes(Duration timeout) {
    return Duration.seconds(TIMEOUTS * timeout.toSeconds().intValue());
  }

  /** Lets a function work the queue off, and another its dead letters. */
  void workedOffBy(BeckonFunction worker, int batch, int concurrency, BeckonFunction undertaker) {
    worker.alias().addEventSource(source(queue, batch, concurrency));
    undertaker.alias().addEventSource(source(deadLetters, 10, 2));
  }

  /** Only messages that failed are delivered again; environments are bounded by queue. */
  private static SqsEventSource source(Queue queue, int batch, int concurrency) {
    return SqsEventSource.Builder.create(queue)
        .batchSize(batch)
        .maxConcurrency(concurrency)
        .reportBatchItemFailures(true)
        .build();
  }

  Queue queue() {
    return queue;
  }

  Queue deadLetters() {
    return deadLetters;
  }

  /** Both queues. */
  List<Queue> queues() {
    return List.of(queue, deadLetters);
  }

  String label() {
    return label;
  }
}
