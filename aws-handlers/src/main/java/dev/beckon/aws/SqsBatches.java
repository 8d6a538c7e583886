package dev.beckon.aws;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.beckon.app.Delivery;
import dev.beckon.app.UnknownEventException;
import dev.beckon.privacy.Scrubber;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Between SQS's event shapes and the core's deliveries. The response names the failed messages
 * alone, as the event source's ReportBatchItemFailures asks: <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">partial batch
 * responses</a>.
 */
final class SqsBatches {
  /** How SQS signs its records. */
  static final String SOURCE = "aws:sqs";

  private static final String EXPECTED = "messages of SQS";

  private SqsBatches() {}

  /**
   * The messages of one invocation.
   *
   * @throws UnknownEventException when it has none, which SQS never sends: acknowledging that would
   *     hide a trigger wired to the wrong function
   */
  static List<Delivery> deliveries(@Nullable SQSEvent event) {
    List<SQSEvent.SQSMessage> records = event == null ? null : event.getRecords();
    if (records == null || records.isEmpty()) {
      throw new UnknownEventException(EXPECTED, "an event without records");
    }
    return records.stream().map(SqsBatches::delivery).toList();
  }

  private static Delivery delivery(SQSEvent.SQSMessage message) {
    if (!SOURCE.equals(message.getEventSource()) || message.getMessageId() == null) {
      throw new UnknownEventException(
          EXPECTED,
          "a record of '"
              + Scrubber.scrub(Objects.requireNonNullElse(message.getEventSource(), ""))
              + "'");
    }
    // a message without a body is nobody's, and must not take its neighbours down
    return new Delivery(message.getMessageId(), Objects.requireNonNullElse(message.getBody(), ""));
  }

  /**
   * Asks for these deliveries again.
   *
   * @param again message ids; empty acknowledges the whole batch
   */
  static SQSBatchResponse response(Collection<String> again) {
    return new SQSBatchResponse(
        again.stream().map(SQSBatchResponse.BatchItemFailure::new).toList());
  }
}
