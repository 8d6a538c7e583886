package dev.beckon.local.poller;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.beckon.local.poller.PollerOptions.Redelivery;
import dev.beckon.local.servers.SqsServer;
import dev.beckon.local.servers.SqsServer.QueuePair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

@SuppressWarnings("try") // a poller works by being open
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(30)
class QueuePollerTest {

  private static final Duration SHORT = Duration.ofSeconds(5);

  private SqsServer server;
  private QueuePair queue;
  private PollerOptions options;
  private final BlockingQueue<List<String>> batches = new LinkedBlockingQueue<>();
  private final BlockingQueue<SQSMessage> messages = new LinkedBlockingQueue<>();

  @BeforeAll
  void startServer() {
    server = SqsServer.start();
  }

  @AfterAll
  void stopServer() {
    server.close();
  }

  @BeforeEach
  void makeQueue(TestInfo test) {
    batches.clear();
    messages.clear();
    queue =
        server.createQueue(test.getTestMethod().orElseThrow().getName(), Duration.ofSeconds(60), 2);
    options =
        PollerOptions.of(queue.url(), queue.arn()).withRedelivery(Redelivery.after(Duration.ZERO));
  }

  /** A handler that notes each batch and then answers as the test wants. */
  private RequestHandler<SQSEvent, SQSBatchResponse> handler(
      Function<SQSEvent, SQSBatchResponse> answer) {
    return new Noting(answer);
  }

  private final class Noting implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final Function<SQSEvent, SQSBatchResponse> answer;

    Noting(Function<SQSEvent, SQSBatchResponse> answer) {
      this.answer = answer;
    }

    @Override
    public SQSBatchResponse handleRequest(
        SQSEvent event, com.amazonaws.services.lambda.runtime.Context context) {
      messages.addAll(event.getRecords());
      batches.add(event.getRecords().stream().map(SQSMessage::getBody).toList());
      return answer.apply(event);
    }
  }

  private LambdaFunction function(Function<SQSEvent, SQSBatchResponse> answer) {
    return new LambdaFunction("worker", () -> handler(answer), SHORT);
  }

  private void send(String... bodies) {
    server
        .client()
        .sendMessageBatch(request ->
            request
                .queueUrl(queue.url())
                .entries(
                    IntStream.range(0, bodies.length)
                        .mapToObj(i ->
                            SendMessageBatchRequestEntry.builder()
                                .id("m" + i)
                                .messageBody(bodies[i])
                                .build())
                        .toList()));
  }

  private List<String> nextBatch() throws InterruptedException {
    return batches.poll(15, SECONDS);
  }

  /** Short polls: ElasticMQ does not wake a receive that waits for a message that is moved. */
  private List<String> dead() {
    for (int attempt = 0; attempt < 15; attempt++) {
      List<Message> some =
          server
              .client()
              .receiveMessage(request -> request.queueUrl(queue.deadLetterUrl()).waitTimeSeconds(1))
              .messages();
      if (!some.isEmpty()) {
        return some.stream().map(Message::body).toList();
      }
    }
    return List.of();
  }

  @Test
  void partialFailure_oneNamed_isDeliveredAgainAlone() throws Exception {
    send("a", "bad", "c");
    AtomicInteger call = new AtomicInteger();
    LambdaFunction function =
        function(event ->
            new SQSBatchResponse(
                call.getAndIncrement() > 0
                    ? List.of()
                    : event.getRecords().stream()
                        .filter(message -> message.getBody().equals("bad"))
                        .map(message -> new BatchItemFailure(message.getMessageId()))
                        .toList()));
    QueuePoller poller = QueuePoller.start(function, server.client(), options);
    try (poller) {
      assertThat(nextBatch()).containsExactlyInAnyOrder("a", "bad", "c");
      assertThat(nextBatch()).containsExactly("bad");
    }

    assertThat(poller.deleted()).isEqualTo(3);
    assertThat(poller.left()).isEqualTo(1);
    assertThat(server.depth(queue.url())).isZero();
    assertThat(messages.toArray(SQSMessage[]::new)[3].getAttributes())
        .containsEntry("ApproximateReceiveCount", "2");
  }

  @Test
  void exception_inHandler_deliversAllAgain() throws Exception {
    send("a", "b");
    AtomicInteger call = new AtomicInteger();
    LambdaFunction function =
        function(event -> {
          if (call.getAndIncrement() == 0) {
            throw new IllegalStateException("broken");
          }
          return null;
        });
    try (QueuePoller poller = QueuePoller.start(function, server.client(), options)) {
      assertThat(nextBatch()).hasSize(2);
      List<String> again = new ArrayList<>(nextBatch());
      if (again.size() < 2) {
        again.addAll(nextBatch());
      }
      assertThat(again).containsExactlyInAnyOrder("a", "b");
    }

    assertThat(function.errors()).isEqualTo(1);
    assertThat(server.depth(queue.url())).isZero();
  }

  @Test
  void alwaysFailing_afterMaximumReceives_goesToTheDeadLetterQueue() {
    send("poison");
    LambdaFunction function =
        function(event -> {
          throw new IllegalStateException("broken");
        });
    try (QueuePoller poller = QueuePoller.start(function, server.client(), options)) {
      assertThat(dead()).containsExactly("poison");
    }

    assertThat(function.invocations()).isEqualTo(2);
  }

  @Test
  void timeOut_handlerHangs_isAbandonedAndDeliveredAgainToANewHandler() throws Exception {
    send("slow");
    AtomicInteger made = new AtomicInteger();
    CountDownLatch never = new CountDownLatch(1);
    LambdaFunction function =
        new LambdaFunction(
            "worker",
            () -> {
              boolean first = made.getAndIncrement() == 0;
              return handler(event -> {
                if (first) {
                  await(never);
                }
                return new SQSBatchResponse();
              });
            },
            Duration.ofMillis(200));
    try (QueuePoller poller = QueuePoller.start(function, server.client(), options)) {
      assertThat(nextBatch()).containsExactly("slow");
      assertThat(nextBatch()).containsExactly("slow");
    }

    assertThat(function.timeouts()).isEqualTo(1);
    assertThat(made).hasValue(2);
    assertThat(server.depth(queue.url())).isZero();
  }

  @Test
  void busyEnvironment_moreMessages_areNeitherReceivedNorDeletedMeanwhile() throws Exception {
    send("1", "2", "3", "4", "5");
    CountDownLatch release = new CountDownLatch(1);
    LambdaFunction function =
        function(event -> {
          await(release);
          return new SQSBatchResponse();
        });
    try (QueuePoller poller =
        QueuePoller.start(function, server.client(), options.withBatch(2, Duration.ZERO))) {
      assertThat(nextBatch()).hasSize(2);
      Map<QueueAttributeName, String> counts =
          server
              .client()
              .getQueueAttributes(
                  request -> request.queueUrl(queue.url()).attributeNames(QueueAttributeName.ALL))
              .attributes();
      assertThat(counts)
          .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "3")
          .containsEntry(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE, "2");
      assertThat(poller.deleted()).isZero();
      release.countDown();
      assertThat(nextBatch()).hasSize(2);
      assertThat(nextBatch()).hasSize(1);
    }
    assertThat(server.depth(queue.url())).isZero();
  }

  @Test
  void window_moreThanTen_fillsOneBatch() throws Exception {
    send("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    send("10", "11");
    LambdaFunction function = function(event -> null);
    try (QueuePoller poller =
        QueuePoller.start(
            function, server.client(), options.withBatch(12, Duration.ofSeconds(5)))) {
      assertThat(nextBatch()).hasSize(12);
    }
  }

  @Test
  void event_fields_areThoseAwsDocuments() throws Exception {
    send("{\"x\":1}");
    try (QueuePoller poller =
        QueuePoller.start(function(event -> null), server.client(), options)) {
      nextBatch();
    }

    SQSMessage message = messages.remove();
    assertThat(message.getBody()).isEqualTo("{\"x\":1}");
    assertThat(message.getEventSource()).isEqualTo("aws:sqs");
    assertThat(message.getEventSourceArn()).isEqualTo(queue.arn());
    assertThat(message.getAwsRegion()).isEqualTo("eu-west-1");
    assertThat(message.getMd5OfBody()).hasSize(32);
    assertThat(message.getReceiptHandle()).isNotBlank();
    assertThat(message.getAttributes())
        .containsKeys("ApproximateReceiveCount", "SentTimestamp", "SenderId");
  }

  @Test
  void asyncInvoker_failingEvent_isTriedThreeTimesThenDead() {
    queue = server.createQueue("events", Duration.ofSeconds(60), AsyncInvoker.ATTEMPTS);
    AtomicInteger calls = new AtomicInteger();
    LambdaFunction function =
        new LambdaFunction(
            "dropped",
            () ->
                (RequestHandler<Object, Object>)
                    (event, context) -> {
                      calls.incrementAndGet();
                      throw new IllegalStateException(event.toString());
                    },
            SHORT);
    try (AsyncInvoker invoker =
        AsyncInvoker.start(
            function,
            server.client(),
            PollerOptions.of(queue.url(), queue.arn())
                .withRedelivery(Redelivery.after(Duration.ZERO)))) {
      invoker.accept("{\"Records\":[]}");
      assertThat(dead()).containsExactly("{\"Records\":[]}");
    }
    assertThat(calls).hasValue(3);
  }

  @Test
  void failures_anyAnswer_followsAwsRules() {
    List<Message> sent =
        List.of(
            Message.builder().messageId("m1").build(), Message.builder().messageId("m2").build());

    assertThat(SqsEventJson.failures("null", sent)).isEmpty();
    assertThat(SqsEventJson.failures("", sent)).isEmpty();
    assertThat(SqsEventJson.failures("{}", sent)).isEmpty();
    assertThat(SqsEventJson.failures("{\"batchItemFailures\":null}", sent)).isEmpty();
    assertThat(SqsEventJson.failures("{\"batchItemFailures\":[]}", sent)).isEmpty();
    assertThat(SqsEventJson.failures("{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"}]}", sent))
        .containsExactly("m2");
    for (String invalid :
        List.of(
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
            "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
            "{\"batchItemFailures\":[{\"id\":\"m1\"}]}",
            "{\"batchItemFailures\":[{\"itemIdentifier\":\"other\"}]}",
            "{\"batchItemFailures\":7}",
            "{\"batchItemFailures\":[")) {
      assertThat(SqsEventJson.failures(invalid, sent)).containsExactlyInAnyOrder("m1", "m2");
    }
    assertThat(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT.toString())
        .isEqualTo("ApproximateReceiveCount");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
