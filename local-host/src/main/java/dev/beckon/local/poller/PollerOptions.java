package dev.beckon.local.poller;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a queue feeds a function.
 *
 * @param batchSize messages per invocation, at most 10,000
 * @param batchingWindow how long a first message may wait for others; whole seconds
 * @param concurrency environments, so invocations at the same time
 * @param longPoll how long a receive waits for a first message, 20 s at most; a stop waits as long
 * @param visibility for how long a message is this poller's; null: as long as the queue says
 * @param bodyIsEvent whether each message's body is itself the event, as for asynchronous calls
 */
public record PollerOptions(
    String queueUrl,
    String queueArn,
    int batchSize,
    Duration batchingWindow,
    int concurrency,
    Duration longPoll,
    @Nullable Duration visibility,
    boolean bodyIsEvent,
    Redelivery redelivery) {

  /** When a failed message comes back. */
  @FunctionalInterface
  public interface Redelivery {

    /** As on AWS: when its visibility runs out. */
    Redelivery AT_VISIBILITY_TIMEOUT = receives -> null;

    /** Sooner than the queue would, to keep tests and demonstrations quick. */
    static Redelivery after(Duration delay) {
      return receives -> delay;
    }

    /**
     * The delay of the next delivery.
     *
     * @param receives deliveries so far, this one included
     * @return whole seconds; null leaves it to the queue
     */
    @Nullable Duration after(int receives);
  }

  public PollerOptions {
    if (batchSize < 1 || batchSize > 10_000 || concurrency < 1) {
      throw new IllegalArgumentException(
          "batchSize is 1 to 10,000 and concurrency at least 1, not %d and %d"
              .formatted(batchSize, concurrency));
    }
  }

  /** A queue of SQS events: batches of ten, no window, one environment, AWS's redelivery. */
  public static PollerOptions of(String queueUrl, String queueArn) {
    return new PollerOptions(
        queueUrl,
        queueArn,
        10,
        Duration.ZERO,
        1,
        Duration.ofSeconds(1),
        null,
        false,
        Redelivery.AT_VISIBILITY_TIMEOUT);
  }

  public PollerOptions withBatch(int size, Duration window) {
    return new PollerOptions(
        queueUrl,
        queueArn,
        size,
        window,
        concurrency,
        longPoll,
        visibility,
        bodyIsEvent,
        redelivery);
  }

  public PollerOptions withConcurrency(int environments) {
    return new PollerOptions(
        queueUrl,
        queueArn,
        batchSize,
        batchingWindow,
        environments,
        longPoll,
        visibility,
        bodyIsEvent,
        redelivery);
  }

  public PollerOptions withRedelivery(Redelivery when) {
    return new PollerOptions(
        queueUrl,
        queueArn,
        batchSize,
        batchingWindow,
        concurrency,
        longPoll,
        visibility,
        bodyIsEvent,
        when);
  }

  /** Whole seconds, longer than the function may take. */
  public PollerOptions withVisibility(Duration ours) {
    return new PollerOptions(
        queueUrl,
        queueArn,
        batchSize,
        batchingWindow,
        concurrency,
        longPoll,
        ours,
        bodyIsEvent,
        redelivery);
  }

  PollerOptions bodiesAsEvents() {
    return new PollerOptions(
        queueUrl, queueArn, 1, Duration.ZERO, concurrency, longPoll, visibility, true, redelivery);
  }
}
