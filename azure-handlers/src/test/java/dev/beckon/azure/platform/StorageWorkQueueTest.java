package dev.beckon.azure.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.QueueMessageItem;
import dev.beckon.azure.SharedAzurite;
import dev.beckon.parcel.WorkQueue;
import dev.beckon.parcel.WorkQueueContract;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StorageWorkQueueTest extends WorkQueueContract {
  private QueueClient client;

  private static QueueClient client(String name) {
    return AzureClients.of(SharedAzurite.get().connectionString())
        .queue(URI.create(SharedAzurite.get().queueEndpoint() + "/" + name));
  }

  @BeforeEach
  void createQueue() {
    client = client("bulk-" + UUID.randomUUID());
    client.create();
  }

  @Override
  protected WorkQueue queue() {
    return new StorageWorkQueue(client);
  }

  private List<QueueMessageItem> receive() {
    List<QueueMessageItem> all = new ArrayList<>();
    while (true) {
      List<QueueMessageItem> some = client.receiveMessages(32).stream().toList();
      if (some.isEmpty()) {
        return all;
      }
      all.addAll(some);
    }
  }

  @Override
  protected List<String> receiveAll() {
    return receive().stream().map(message -> message.getBody().toString()).toList();
  }

  @Test
  void send_bodyLargerThanAMessageOrEmpty_isReturnedAndTheOthersArrive() {
    String huge = "x".repeat(48 * 1024 + 1);
    String largest = "y".repeat(48 * 1024);

    assertThat(queue().send(List.of("a", huge, "", largest))).containsExactlyInAnyOrder(huge, "");

    assertThat(receiveAll()).containsExactlyInAnyOrder("a", largest);
  }

  @Test
  void send_anyBody_staysUntilItIsTaken() {
    queue().send(List.of("a"));

    OffsetDateTime expires = receive().getFirst().getExpirationTime();

    assertThat(expires).isAfter(OffsetDateTime.of(3000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
  }

  @Test
  void send_queueThatDoesNotExist_returnsEveryBody() {
    List<String> bodies = List.of("a", "b", "c");

    assertThat(new StorageWorkQueue(client("gone")).send(bodies))
        .containsExactlyInAnyOrderElementsOf(bodies);
  }

  @Test
  void send_accountDown_stopsCallingSoonAndReturnsEveryBody() {
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      bodies.add("parcel-" + i);
    }
    try (SilentServer silent = new SilentServer()) {
      QueueClient down =
          AzureClients.of(SharedAzurite.get().connectionString())
              .queue(silent.address("/devstoreaccount1/bulk"));
      Instant start = Instant.now();

      assertThat(new StorageWorkQueue(down).send(bodies)).hasSize(500);

      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(25));
      assertThat(silent.connections()).isBetween(1, 64);
    }
  }
}
