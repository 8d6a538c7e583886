package dev.beckon.aws.platform;

import dev.beckon.parcel.WorkQueue;
import dev.beckon.parcel.WorkQueueContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class RealQueueTest extends WorkQueueContract {
  private SqsClient client;
  private String url;

  @BeforeEach
  void create() {
    client = AwsClients.sqs(Endpoints.of("sqs")).credentialsProvider(Endpoints.CREDENTIALS).build();
    url = client.createQueue(request -> request.queueName(Endpoints.fresh())).queueUrl();
  }

  @AfterEach
  void delete() {
    if (client != null) {
      client.deleteQueue(request -> request.queueUrl(url));
      client.close();
    }
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
              .receiveMessage(
                  request -> request.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(1))
              .messages();
      if (messages.isEmpty()) {
        return bodies;
      }
      messages.forEach(message -> bodies.add(message.body()));
    }
  }
}
