package dev.beckon.local.poller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * An SQS event source of a function, behaving as Lambda's: each environment takes a batch, runs the
 * function with it, and deletes what did not fail; the rest comes back when its visibility runs
 * out, until the queue's own policy moves it to the dead-letter queue. Nothing is received before
 * an environment is free for it. Thread-safe.
 */
public final class QueuePoller implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(QueuePoller.class);
  private static final int MOST_PER_REQUEST = 10;

  private final LambdaFunction function;
  private final SqsClient sqs;
  private final PollerOptions options;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final List<Thread> threads;
  private final LongAdder deleted = new LongAdder();
  private final LongAdder left = new LongAdder();

  private QueuePoller(LambdaFunction function, SqsClient sqs, PollerOptions options) {
    this.function = function;
    this.sqs = sqs;
    this.options = options;
    this.threads =
        IntStream.range(0, options.concurrency())
            .mapToObj(i -> Thread.ofVirtual().name(function.name() + "-" + i).unstarted(this::poll))
            .toList();
  }

  /**
   * Starts polling at once.
   *
   * @param sqs for the caller to close, after the poller
   */
  public static QueuePoller start(LambdaFunction function, SqsClient sqs, PollerOptions options) {
    QueuePoller poller = new QueuePoller(function, sqs, options);
    poller.threads.forEach(Thread::start);
    return poller;
  }

  /** Messages that succeeded and were removed from the queue. */
  public long deleted() {
    return deleted.sum();
  }

  /** Deliveries that failed and were left to come back. */
  public long left() {
    return left.sum();
  }

  private void poll() {
    try (LambdaEnvironment environment = function.newEnvironment()) {
      while (!stopped(Duration.ZERO)) {
        try {
          List<Message> batch = receive();
          if (!batch.isEmpty()) {
            settle(
                batch,
                options.bodyIsEvent() ? single(environment, batch) : whole(environment, batch));
          }
        } catch (RuntimeException e) {
          if (!stopped(Duration.ofMillis(200))) {
            LOG.warn("event=poll_failed function={} error={}", function.name(), e.toString());
          }
        }
      }
    }
  }

  private List<Message> receive() {
    List<Message> batch = new ArrayList<>(receive(options.batchSize(), options.longPoll()));
    if (batch.isEmpty()) {
      return batch;
    }
    long windowEnd = System.nanoTime() + options.batchingWindow().toNanos();
    while (batch.size() < options.batchSize()) {
      Duration rest = Duration.ofNanos(windowEnd - System.nanoTime());
      boolean open = rest.toSeconds() > 0 && !stopped(Duration.ZERO);
      List<Message> more = receive(options.batchSize() - batch.size(), open ? rest : Duration.ZERO);
      batch.addAll(more);
      if (more.isEmpty() && !open) {
        break;
      }
    }
    return batch;
  }

  private List<Message> receive(int most, Duration wait) {
    Duration visibility = options.visibility();
    return sqs.receiveMessage(request ->
            request
                .queueUrl(options.queueUrl())
                .maxNumberOfMessages(Math.min(MOST_PER_REQUEST, most))
                .waitTimeSeconds((int) Math.min(20, wait.toSeconds()))
                .visibilityTimeout(visibility == null ? null : (int) visibility.toSeconds())
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                .messageAttributeNames("All"))
        .messages();
  }

  private Set<String> whole(LambdaEnvironment environment, List<Message> batch) {
    Outcome outcome = environment.invoke(SqsEventJson.event(batch, options.queueArn()));
    return outcome instanceof Outcome.Returned returned
        ? SqsEventJson.failures(returned.json(), batch)
        : ids(batch);
  }

  private static Set<String> single(LambdaEnvironment environment, List<Message> batch) {
    return ids(
        batch.stream()
            .filter(message -> !(environment.invoke(message.body()) instanceof Outcome.Returned))
            .toList());
  }

  private static Set<String> ids(List<Message> messages) {
    return messages.stream().map(Message::messageId).collect(Collectors.toUnmodifiableSet());
  }

  private void settle(List<Message> batch, Set<String> failed) {
    List<Message> done =
        batch.stream().filter(message -> !failed.contains(message.messageId())).toList();
    for (int from = 0; from < done.size(); from += MOST_PER_REQUEST) {
      delete(done.subList(from, Math.min(done.size(), from + MOST_PER_REQUEST)));
    }
    left.add(failed.size());
    for (Message message : batch) {
      Duration delay = failed.contains(message.messageId()) ? redeliverAfter(message) : null;
      if (delay != null) {
        sqs.changeMessageVisibility(request ->
            request
                .queueUrl(options.queueUrl())
                .receiptHandle(message.receiptHandle())
                .visibilityTimeout((int) delay.toSeconds()));
      }
    }
  }

  private @Nullable Duration redeliverAfter(Message message) {
    String receives =
        message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
    return options.redelivery().after(receives == null ? 1 : Integer.parseInt(receives));
  }

  private void delete(List<Message> messages) {
    List<DeleteMessageBatchRequestEntry> entries =
        IntStream.range(0, messages.size())
            .mapToObj(i ->
                DeleteMessageBatchRequestEntry.builder()
                    .id(Integer.toString(i))
                    .receiptHandle(messages.get(i).receiptHandle())
                    .build())
            .toList();
    var result =
        sqs.deleteMessageBatch(request -> request.queueUrl(options.queueUrl()).entries(entries));
    deleted.add(result.successful().size());
    if (!result.failed().isEmpty()) {
      // the message comes again; the core is built for that
      LOG.warn("event=delete_failed count={}", result.failed().size());
    }
  }

  private boolean stopped(Duration wait) {
    try {
      return stopping.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Receives no more and waits until each batch in hand is settled. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      threads.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
    }
  }
}
