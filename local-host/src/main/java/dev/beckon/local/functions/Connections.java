package dev.beckon.local.functions;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.queue.QueueServiceClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The storage accounts that bindings name. Thread-safe. */
final class Connections {
  private static final Duration RESPONSE = Duration.ofSeconds(30);

  /** Where the host keeps what it has to remember. */
  private static final String HOST_CONTAINER = "azure-webjobs-hosts";

  private final AppSettings settings;
  private final HttpClient http = new JdkHttpClientBuilder().responseTimeout(RESPONSE).build();
  private final Map<String, QueueServiceClient> queues = new ConcurrentHashMap<>();

  Connections(AppSettings settings) {
    this.settings = settings;
  }

  StorageQueue queue(String connection, String name) {
    return new StorageQueue(
        queues.computeIfAbsent(
            settings.connection(connection),
            text ->
                new QueueServiceClientBuilder()
                    .connectionString(text)
                    .httpClient(http)
                    .buildClient()),
        name);
  }

  BlobContainerClient hostContainer() {
    return new BlobServiceClientBuilder()
        .connectionString(settings.connection(""))
        .httpClient(http)
        .buildClient()
        .getBlobContainerClient(HOST_CONTAINER);
  }
}
