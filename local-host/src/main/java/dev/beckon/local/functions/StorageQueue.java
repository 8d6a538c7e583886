package dev.beckon.local.functions;

import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueServiceClient;
import com.azure.storage.queue.models.QueueMessageItem;
import com.azure.storage.queue.models.QueueStorageException;
import java.time.Duration;
import java.util.List;

/** A queue as it is on the wire: bodies are neither encoded nor decoded. Thread-safe. */
final class StorageQueue {
  private static final String POISON = "-poison";

  private final QueueServiceClient service;
  private final QueueClient client;

  StorageQueue(QueueServiceClient service, String name) {
    this.service = service;
    this.client = service.getQueueClient(name);
  }

  String name() {
    return client.getQueueName();
  }

  /** Whether given-up messages have a place of their own; those of a poison queue have none. */
  boolean hasPoison() {
    return !name().endsWith(POISON) && name().length() + POISON.length() <= 63;
  }

  StorageQueue poison() {
    return new StorageQueue(service, name() + POISON);
  }

  /** Messages that are ours from now on, for a time; none when there is no such queue. */
  List<QueueMessageItem> receive(int most, Duration lease) {
    try {
      return client.receiveMessages(most, lease, null, Context.NONE).stream().toList();
    } catch (QueueStorageException e) {
      if (e.getStatusCode() == 404) {
        return List.of();
      }
      throw e;
    }
  }

  /** Sets anew when a message comes back; its new receipt. */
  String renew(String id, String receipt, Duration lease) {
    return client.updateMessage(id, receipt, null, lease).getPopReceipt();
  }

  /** Takes a message out; not when somebody else has it, or nobody. */
  void delete(String id, String receipt) {
    try {
      client.deleteMessage(id, receipt);
    } catch (QueueStorageException e) {
      if (!isGone(e)) {
        throw e;
      }
    }
  }

  /** Whether a message is no longer ours. */
  static boolean isGone(QueueStorageException e) {
    return switch (e.getStatusCode()) {
      case 404, 409 -> true;
      case 400 -> "PopReceiptMismatch".equals(e.getErrorCode().toString());
      default -> false;
    };
  }

  /** Adds a message, for the service's usual seven days, and the queue where it is missing. */
  void add(String body) {
    try {
      client.sendMessage(body);
    } catch (QueueStorageException e) {
      if (e.getStatusCode() != 404) {
        throw e;
      }
      client.createIfNotExists();
      client.sendMessage(body);
    }
  }
}
