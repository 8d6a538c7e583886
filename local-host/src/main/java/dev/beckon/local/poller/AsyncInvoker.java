package dev.beckon.local.poller;

import java.util.function.Consumer;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Asynchronous invocation, as S3 and other services call a function: events wait in a queue, each
 * is tried {@link #ATTEMPTS} times, then the queue's dead-letter queue takes it. Make the queue
 * with that many receives. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">
 *     Retries of asynchronous invocation</a>
 */
public final class AsyncInvoker implements Consumer<String>, AutoCloseable {

  /** The first attempt and Lambda's two retries. */
  public static final int ATTEMPTS = 3;

  private final SqsClient sqs;
  private final String queueUrl;
  private final QueuePoller poller;

  private AsyncInvoker(SqsClient sqs, String queueUrl, QueuePoller poller) {
    this.sqs = sqs;
    this.queueUrl = queueUrl;
    this.poller = poller;
  }

  /**
   * Starts invoking at once.
   *
   * @param sqs for the caller to close, after the invoker
   * @param options its batch settings are not used: one event is one invocation
   */
  public static AsyncInvoker start(LambdaFunction function, SqsClient sqs, PollerOptions options) {
    return new AsyncInvoker(
        sqs, options.queueUrl(), QueuePoller.start(function, sqs, options.bodiesAsEvents()));
  }

  /** Queues an event; it is not lost once this returns. */
  @Override
  public void accept(String eventJson) {
    sqs.sendMessage(request -> request.queueUrl(queueUrl).messageBody(eventJson));
  }

  @Override
  public void close() {
    poller.close();
  }
}
