package dev.beckon.local.functions;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.queue.QueueServiceClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import com.azure.storage.queue.QueueServiceVersion;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The storage accounts that bindings name. Thread-safe. */
final class Connections {
  private static final Duration RESPONSE = Duration.ofSeconds(30);

  /** The newest that the emulator speaks. */
  static final BlobServiceVersion BLOBS = BlobServiceVersion.V2026_06_06;

  static final QueueServiceVersion QUEUES = QueueServiceVersion.V2026_04_06;

  /** Where the host keeps what it has to remember. */
  private static final String HOST_CONTAINER = "azure-webjobs-hosts";

  private final AppSettings settings;
  private final HttpClient http = http();
  private final Map<String, QueueServiceClient> queues = new ConcurrentHashMap<>();

  Connections(AppSettings settings) {
    this.settings = settings;
  }

  /** By HTTP/1.1: the service and its emulator speak no other. */
  static HttpClient http() {
    return new JdkHttpClientBuilder(
            java.net.http.HttpClient.newBuilder()
                .version(java.net.http.HttpClient.Version.HTTP_1_1))
        .responseTimeout(RESPONSE)
        .build();
  }

  StorageQueue queue(String connection, String name) {
    return new StorageQueue(
        queues.computeIfAbsent(
            settings.connection(connection),
            text ->
                new QueueServiceClientBuilder()
                    .connectionString(text)
                    .httpClient(http)
                    .serviceVersion(QUEUES)
                    .buildClient()),
        name);
  }

  BlobContainerClient hostContainer() {
    return new BlobServiceClientBuilder()
        .connectionString(settings.connection(""))
        .httpClient(http)
        .serviceVersion(BLOBS)
        .buildClient()
        .getBlobContainerClient(HOST_CONTAINER);
  }
}
