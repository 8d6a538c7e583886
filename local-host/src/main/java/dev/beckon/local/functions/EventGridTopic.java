package dev.beckon.local.functions;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.azurite.Azurite;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The storage account's system topic with one subscription: an event of each blob written, in <a
 * href="https://learn.microsoft.com/en-us/azure/event-grid/event-schema-blob-storage">Event Grid's
 * schema</a> and in base64, in a storage queue. Length, type and tag of the blob are not in it: the
 * emulator does not tell them, and nobody may rely on them. Thread-safe.
 */
public final class EventGridTopic {
  private final QueueClient queue;
  private final Filter filter;
  private final Clock clock;

  private EventGridTopic(QueueClient queue, Filter filter, Clock clock) {
    this.queue = queue;
    this.filter = filter;
    this.clock = clock;
  }

  /**
   * Which events are wanted, by their subject, of the form {@code
   * /blobServices/default/containers/<container>/blobs/<key>}; letters of any case are alike.
   *
   * @param begins how it begins
   * @param contains what is in it
   */
  public record Filter(String begins, String contains) {
    boolean takes(String subject) {
      String lower = subject.toLowerCase(Locale.ROOT);
      return lower.startsWith(begins.toLowerCase(Locale.ROOT))
          && lower.contains(contains.toLowerCase(Locale.ROOT));
    }
  }

  /** Subscribes a queue, which has to be there, from now on. */
  public static void subscribe(Azurite azurite, String queue, Filter filter, Clock clock) {
    EventGridTopic topic =
        new EventGridTopic(
            new QueueClientBuilder()
                .connectionString(azurite.connectionString())
                .httpClient(Connections.http())
                .serviceVersion(Connections.QUEUES)
                .queueName(queue)
                .buildClient(),
            filter,
            clock);
    azurite.onCreated((container, key, api) ->
        topic.publish(azurite.blobEndpoint().toString(), container, key, api));
  }

  private void publish(String account, String container, String key, String api) {
    if (filter.takes(subject(container, key))) {
      queue.sendMessage(
          Base64.getEncoder()
              .encodeToString(
                  event(account, container, key, api).getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static String subject(String container, String key) {
    return "/blobServices/default/containers/" + container + "/blobs/" + key;
  }

  String event(String account, String container, String key, String api) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event
        .put(
            "topic",
            "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local/providers"
                + "/Microsoft.Storage/storageAccounts/"
                + Azurite.ACCOUNT)
        .put("subject", subject(container, key))
        .put("eventType", "Microsoft.Storage.BlobCreated")
        .put("eventTime", clock.instant().toString())
        .put("id", UUID.randomUUID().toString());
    event
        .putObject("data")
        .put("api", api)
        .put("clientRequestId", UUID.randomUUID().toString())
        .put("requestId", UUID.randomUUID().toString())
        .put("blobType", "BlockBlob")
        .put("url", account + "/" + container + "/" + encoded(key))
        .put("sequencer", "00000000000000000000000000000000")
        .putObject("storageDiagnostics")
        .put("batchId", UUID.randomUUID().toString());
    event.put("dataVersion", "").put("metadataVersion", "1");
    return event.toString();
  }

  private static String encoded(String key) {
    return Arrays.stream(key.split("/", -1))
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }
}
