package dev.beckon.aws.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.parcel.WorkQueue;
import dev.beckon.parcel.WorkQueueContract;
import dev.beckon.s3.TestCredentials;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class SqsWorkQueueTest extends WorkQueueContract {
  private static SQSRestServer server;
  private static SqsClient client;
  private static int queues;
  private String url;

  @BeforeAll
  static void start() {
    server = SQSRestServerBuilder.withPort(0).withInterface("127.0.0.1").start();
    int port = server.waitUntilStarted().localAddress().getPort();
    client =
        AwsClients.sqs(Optional.of(URI.create("http://127.0.0.1:" + port)))
            .credentialsProvider(TestCredentials.PROVIDER)
            .build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.stopAndWait();
  }

  @BeforeEach
  void createQueue() {
    String name = "bulk-" + queues++;
    url = client.createQueue(request -> request.queueName(name)).queueUrl();
  }

  @Override
  protected WorkQueue queue() {
    return new SqsWorkQueue(client, url);
  }

  @Override
  protected List<String> receiveAll() {
    List<String> bodies = new ArrayList<>();
    while (true) {
      List<Message> messages =
          client
              .receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10))
              .messages();
      if (messages.isEmpty()) {
        return bodies;
      }
      messages.forEach(message -> bodies.add(message.body()));
    }
  }

  @Test
  void send_bodyLargerThanABatchOrEmpty_isReturnedAndTheOthersArrive() {
    String huge = "x".repeat(256 * 1024 + 1);

    assertThat(queue().send(List.of("a", huge, "", "b"))).containsExactlyInAnyOrder(huge, "");

    assertThat(receiveAll()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void send_twelveBodiesThatFillTwoCalls_allArrive() {
    List<String> bodies =
        IntStream.range(0, 12).mapToObj(i -> i + "/" + "é".repeat(20_000)).toList();

    assertThat(queue().send(bodies)).isEmpty();

    assertThat(receiveAll()).containsExactlyInAnyOrderElementsOf(bodies);
  }

  @Test
  void send_queueThatDoesNotExist_returnsEveryBody() {
    List<String> bodies = List.of("a", "b", "c");

    assertThat(new SqsWorkQueue(client, url + "-gone").send(bodies))
        .containsExactlyInAnyOrderElementsOf(bodies);
  }
}
