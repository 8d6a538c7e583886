package dev.beckon.local.functions;

import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueServiceClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import com.azure.storage.queue.models.PeekedMessageItem;
import dev.beckon.azurite.Azurite;
import dev.beckon.azurite.AzuriteOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The emulator, for the tests of one class that asks for {@code NeedsAzurite}. */
final class StorageExtension implements BeforeAllCallback, AfterAllCallback {
  private Azurite azurite;
  private QueueServiceClient queues;

  @Override
  public void beforeAll(ExtensionContext context) {
    azurite = Azurite.start(AzuriteOptions.standard());
    queues =
        new QueueServiceClientBuilder()
            .connectionString(azurite.connectionString())
            .httpClient(Connections.http())
            .serviceVersion(Connections.QUEUES)
            .buildClient();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (azurite != null) {
      azurite.close();
    }
  }

  Azurite azurite() {
    return azurite;
  }

  /** The settings of the tests' app, which works on one queue. */
  Map<String, String> settings(String queue) {
    Map<String, String> settings = new HashMap<>();
    settings.put("AzureWebJobsStorage", azurite.connectionString());
    settings.put("Store", azurite.connectionString());
    settings.put("QUEUE", queue);
    return settings;
  }

  /** A queue that is there, as it is on the wire. */
  QueueClient queue(String name) {
    QueueClient queue = queues.getQueueClient(name);
    queue.createIfNotExists();
    return queue;
  }

  void send(String queue, String message) {
    queue(queue)
        .sendMessage(Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8)));
  }

  /** Everything that can be seen in a queue now, on the wire. */
  List<String> seen(String queue) {
    return queue(queue).peekMessages(32, Duration.ofSeconds(10), Context.NONE).stream()
        .map(PeekedMessageItem::getBody)
        .map(Object::toString)
        .toList();
  }

  long count(String queue) {
    return queue(queue).getProperties().getApproximateMessagesCountLong();
  }
}
