package dev.beckon.local.servers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.local.servers.SqsServer.QueuePair;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class SqsServerTest {

  @Test
  void createQueue_receivedTooOften_movesToTheDeadLetterQueue() {
    try (SqsServer server = SqsServer.start()) {
      SqsClient sqs = server.client();
      QueuePair queue = server.createQueue("parcels", Duration.ZERO, 2);
      assertThat(server.createQueue("parcels", Duration.ZERO, 2)).isEqualTo(queue);
      sqs.sendMessage(request -> request.queueUrl(queue.url()).messageBody("{\"parcel\":\"é\"}"));
      assertThat(server.depth(queue.url())).isEqualTo(1);

      for (int receive = 0; receive < 3; receive++) {
        sqs.receiveMessage(request -> request.queueUrl(queue.url()).waitTimeSeconds(0));
      }

      List<Message> dead =
          sqs.receiveMessage(request -> request.queueUrl(queue.deadLetterUrl()).waitTimeSeconds(5))
              .messages();
      assertThat(dead).singleElement().extracting(Message::body).isEqualTo("{\"parcel\":\"é\"}");
      assertThat(queue.arn()).isEqualTo("arn:aws:sqs:eu-west-1:000000000000:parcels");
    }
  }
}
