package dev.beckon.local.doctor;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.QueueStorageException;
import dev.beckon.azure.QueueNames;
import dev.beckon.azure.platform.AzurePlatform;
import dev.beckon.check.Finding;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Whether a storage queue and that of its poison messages are there. How long messages are hidden
 * and how often they come back is the function app's to say (host.json).
 */
final class StorageQueueCheck {
  private static final String DEPLOY = "deploy again: ./beckon deploy azure";
  private static final int NOT_FOUND = 404;

  private final AzurePlatform platform;
  private final String variable;
  private final String url;

  /**
   * @param key of the queue's URL
   */
  StorageQueueCheck(AzurePlatform platform, RuntimeConfig config, ConfigKey key) {
    this.platform = platform;
    this.variable = key.variable();
    this.url = config.text(key);
  }

  List<Finding> run() {
    String name = url.substring(url.lastIndexOf('/') + 1);
    OptionalLong waiting = waiting(url);
    if (waiting.isEmpty()) {
      return List.of(
          Finding.wrong("there is no queue " + name, "correct " + variable + ", or " + DEPLOY));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.good(name + " is there, " + waiting.getAsLong() + " waiting"));
    String poison = name + QueueNames.POISON;
    OptionalLong dead = waiting(url + QueueNames.POISON);
    if (dead.isEmpty()) {
      findings.add(
          Finding.wrong("the queue of poison messages " + poison + " is not there", DEPLOY));
    } else if (dead.getAsLong() > 0) {
      findings.add(
          Finding.wrong(
              "dead letters wait in " + poison + ": " + dead.getAsLong(),
              "the dead-letter function should take them within seconds: look at its log"));
    }
    return findings;
  }

  /** Messages in a queue, about; empty where there is no such queue. */
  private OptionalLong waiting(String address) {
    QueueClient queue = platform.queueClient(URI.create(address));
    try {
      return OptionalLong.of(queue.getProperties().getApproximateMessagesCountLong());
    } catch (QueueStorageException e) {
      if (e.getStatusCode() == NOT_FOUND) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }
}
