package dev.beckon.local.cloud;

import dev.beckon.app.Platform;
import dev.beckon.azure.ContainerNames;
import dev.beckon.azure.QueueNames;
import dev.beckon.azure.platform.AzurePlatform;
import dev.beckon.azurite.Azurite;
import dev.beckon.azurite.AzuriteOptions;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.local.functions.EventGridTopic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Azure's part of a local run: one storage account in Azurite with the container and the queues,
 * and an Event Grid that tells of dropped files, all as the Bicep template declares them. Requests
 * are answered by the functions host, on a port chosen beforehand.
 */
public final class AzureSide implements CloudSide {
  /** By which the Functions host knows its storage account, and the bindings theirs. */
  private static final String HOST_STORAGE = "AzureWebJobsStorage";

  private static final List<String> DROPPED = List.of("/incoming/", "/check/");

  private final Azurite azurite;
  private final int port;

  private AzureSide(Azurite azurite, int port) {
    this.azurite = azurite;
    this.port = port;
  }

  /**
   * Starts the servers.
   *
   * @throws dev.beckon.azurite.AzuriteUnavailableException saying what to install, where the
   *     emulator cannot run
   */
  public static AzureSide start() throws IOException {
    return start(0, null);
  }

  /**
   * The same, where requests are to be answered on a port of one's own.
   *
   * @param port of loopback; 0 takes a free one
   * @param data where blobs and messages lie; null keeps them in memory
   */
  public static AzureSide start(int port, @Nullable Path data) throws IOException {
    AzuriteOptions options = AzuriteOptions.standard();
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new AzureSide(
          Azurite.start(data == null ? options : options.keptIn(data)),
          port == 0 ? free.getLocalPort() : port);
    }
  }

  /** The port of loopback on which a functions host is to answer. */
  public int port() {
    return port;
  }

  /** The emulator. */
  public Azurite azurite() {
    return azurite;
  }

  @Override
  public Optional<URI> door() {
    return Optional.of(URI.create("http://127.0.0.1:" + port));
  }

  @Override
  public Map<String, String> environment() {
    Map<String, String> variables = new HashMap<>();
    variables.put(ConfigKey.BUCKET.variable(), azurite.blobEndpoint() + "/" + ContainerNames.FILES);
    variables.put(ConfigKey.FILES_QUEUE.variable(), queue(QueueNames.FILES).toString());
    variables.put(ConfigKey.CHUNK_QUEUE.variable(), queue(QueueNames.CHUNKS).toString());
    variables.put(ConfigKey.PRIORITY_QUEUE.variable(), queue(QueueNames.PRIORITY).toString());
    variables.put(ConfigKey.BULK_QUEUE.variable(), queue(QueueNames.BULK).toString());
    variables.put(ConfigKey.STORAGE.variable(), azurite.connectionString());
    variables.put(HOST_STORAGE, azurite.connectionString());
    return variables;
  }

  private URI queue(String name) {
    return URI.create(azurite.queueEndpoint() + "/" + name);
  }

  /** The first one makes the container and the queues. */
  @Override
  public Platform platform(RuntimeConfig config) {
    AzurePlatform platform = new AzurePlatform(config);
    platform.container().orElseThrow().createIfNotExists();
    for (String name :
        List.of(QueueNames.FILES, QueueNames.CHUNKS, QueueNames.PRIORITY, QueueNames.BULK)) {
      platform.queueClient(queue(name)).createIfNotExists();
      platform.queueClient(queue(name + QueueNames.POISON)).createIfNotExists();
    }
    for (String folder : DROPPED) {
      EventGridTopic.subscribe(
          azurite,
          QueueNames.FILES,
          new EventGridTopic.Filter(
              "/blobServices/default/containers/" + ContainerNames.FILES + "/blobs/", folder),
          Clock.systemUTC());
    }
    return platform;
  }

  @Override
  public void close() {
    azurite.close();
  }
}
