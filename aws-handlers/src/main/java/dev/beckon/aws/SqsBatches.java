package dev.beckon.aws;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import dev.beckon.app.Delivery;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Between SQS's event shapes and the core's deliveries. The response names the failed messages
 * alone, as the event source's ReportBatchItemFailures asks: <a
 * href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">partial batch
 * responses</a>.
 */
final class SqsBatches {
  private SqsBatches() {}

  static List<Delivery> deliveries(SQSEvent event) {
    List<SQSEvent.SQSMessage> records = event.getRecords();
    return records == null
        ? List.of()
        : records.stream()
            .map(message ->
                // a message without a body is nobody's, and must not take its neighbours down
                new Delivery(
                    message.getMessageId(), Objects.requireNonNullElse(message.getBody(), "")))
            .toList();
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
