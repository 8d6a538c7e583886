package dev.beckon.aws.platform;

import dev.beckon.parcel.WorkQueue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/**
 * Hints on an SQS standard queue, ten to a call. An entry SQS did not take through no fault of ours
 * is sent once more; what then remains is returned. Thread-safe.
 */
public final class SqsWorkQueue implements WorkQueue {
  private static final Logger log = LoggerFactory.getLogger(SqsWorkQueue.class);

  /**
   * Entries and bytes of one SendMessageBatch: <a
   * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html">SQS
   * message quotas</a>. SQS takes 1 MiB by now, queues made earlier or elsewhere keep the old
   * limit.
   */
  private static final int MOST_ENTRIES = 10;

  private static final int MOST_BYTES = 256 * 1024;

  /** Whole calls failing in a row after which the queue counts as down: Sweep repeats the hints. */
  private static final int CALLS_UNTIL_DOWN = 2;

  private final SqsClient client;
  private final String url;

  public SqsWorkQueue(SqsClient client, String url) {
    this.client = client;
    this.url = url;
  }

  @Override
  public Set<String> send(Collection<String> bodies) {
    Set<String> refused = new LinkedHashSet<>();
    List<String> again = sendOnce(new LinkedHashSet<>(bodies), refused);
    refused.addAll(sendOnce(again, refused));
    if (!refused.isEmpty()) {
      log.warn("queue={} hints_not_taken={} of={}", name(), refused.size(), bodies.size());
    }
    return refused;
  }

  /**
   * Sends each body once; adds those not worth repeating to {@code refused}, returns the others.
   */
  private List<String> sendOnce(Collection<String> bodies, Set<String> refused) {
    List<String> again = new ArrayList<>();
    int callsFailed = 0;
    for (List<String> batch : pack(bodies, refused)) {
      if (callsFailed == CALLS_UNTIL_DOWN) {
        refused.addAll(batch);
        continue;
      }
      try {
        send(batch, again, refused);
        callsFailed = 0;
      } catch (SdkException e) {
        // the SDK has repeated the call already, so we do not
        callsFailed++;
        refused.addAll(batch);
        log.warn("queue={} call_failed={}", name(), e.getClass().getSimpleName());
      }
    }
    return again;
  }

  private void send(List<String> batch, List<String> again, Set<String> refused) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(i))
              .messageBody(batch.get(i))
              .build());
    }
    SendMessageBatchResponse response =
        client.sendMessageBatch(request -> request.queueUrl(url).entries(entries));
    for (BatchResultErrorEntry failed : response.failed()) {
      String body = batch.get(Integer.parseInt(failed.id()));
      if (Boolean.TRUE.equals(failed.senderFault())) {
        log.warn("queue={} hint_refused={}", name(), failed.code());
        refused.add(body);
      } else {
        again.add(body);
      }
    }
  }

  private static List<List<String>> pack(Collection<String> bodies, Set<String> refused) {
    List<List<String>> batches = new ArrayList<>();
    List<String> batch = new ArrayList<>();
    int bytes = 0;
    for (String body : bodies) {
      int size = body.getBytes(StandardCharsets.UTF_8).length;
      if (size > MOST_BYTES || size == 0) {
        refused.add(body);
        continue;
      }
      if (batch.size() == MOST_ENTRIES || bytes + size > MOST_BYTES) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(body);
      bytes += size;
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  private String name() {
    return url.substring(url.lastIndexOf('/') + 1);
  }
}
