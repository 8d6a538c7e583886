package dev.beckon.aws.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

class SqsPartialFailureTest {

  /** Fails the entries a rule names, by body and number of the call; takes the others. */
  private static final class FailingSqs implements SqsClient {
    final List<String> taken = new ArrayList<>();
    final List<Integer> batchSizes = new ArrayList<>();
    final BiPredicate<String, Integer> fails;
    final boolean senderFault;

    FailingSqs(boolean senderFault, BiPredicate<String, Integer> fails) {
      this.senderFault = senderFault;
      this.fails = fails;
    }

    @Override
    public SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
      batchSizes.add(request.entries().size());
      List<BatchResultErrorEntry> failed = new ArrayList<>();
      for (SendMessageBatchRequestEntry entry : request.entries()) {
        if (fails.test(entry.messageBody(), batchSizes.size())) {
          failed.add(
              BatchResultErrorEntry.builder()
                  .id(entry.id())
                  .code("InternalError")
                  .senderFault(senderFault)
                  .build());
        } else {
          taken.add(entry.messageBody());
        }
      }
      return SendMessageBatchResponse.builder().failed(failed).build();
    }

    @Override
    public String serviceName() {
      return "sqs";
    }

    @Override
    public void close() {}
  }

  private static List<String> bodies(int n) {
    return IntStream.range(0, n).mapToObj(Integer::toString).toList();
  }

  @Test
  void send_entriesFailOnce_areSentAgainTogether() {
    FailingSqs sqs = new FailingSqs(false, (body, call) -> call <= 3 && body.endsWith("7"));

    assertThat(new SqsWorkQueue(sqs, "q/bulk").send(bodies(30))).isEmpty();

    assertThat(sqs.taken).containsExactlyInAnyOrderElementsOf(bodies(30));
    assertThat(sqs.batchSizes).containsExactly(10, 10, 10, 3);
  }

  @Test
  void send_entriesFailTwice_areReturned() {
    FailingSqs sqs = new FailingSqs(false, (body, call) -> body.endsWith("7"));

    assertThat(new SqsWorkQueue(sqs, "q/bulk").send(bodies(30)))
        .containsExactlyInAnyOrder("7", "17", "27");

    assertThat(sqs.taken).hasSize(27);
    assertThat(sqs.batchSizes).hasSize(4);
  }

  @Test
  void send_entryAtFaultItself_isNotRepeated() {
    FailingSqs sqs = new FailingSqs(true, (body, call) -> body.equals("3"));

    assertThat(new SqsWorkQueue(sqs, "q/bulk").send(bodies(5))).containsExactly("3");

    assertThat(sqs.batchSizes).containsExactly(5);
  }

  @Test
  void send_largeBodies_areCutAtABatchOf256Kibibytes() {
    FailingSqs sqs = new FailingSqs(false, (body, call) -> false);
    List<String> bodies = IntStream.range(0, 8).mapToObj(i -> i + "é".repeat(37_500)).toList();

    assertThat(new SqsWorkQueue(sqs, "q/bulk").send(bodies)).isEmpty();

    assertThat(sqs.batchSizes).containsExactly(3, 3, 2);
  }

  @Test
  void send_queueDown_stopsCallingAndReturnsEveryBody() {
    FailingSqs sqs =
        new FailingSqs(
            false,
            (body, call) -> {
              throw SdkClientException.create("refused");
            });

    assertThat(new SqsWorkQueue(sqs, "q/bulk").send(bodies(100))).hasSize(100);

    assertThat(sqs.batchSizes).hasSize(2);
  }
}
