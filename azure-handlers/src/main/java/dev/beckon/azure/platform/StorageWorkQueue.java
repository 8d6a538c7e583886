package dev.beckon.azure.platform;

import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import dev.beckon.parcel.WorkQueue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hints on an Azure storage queue. It takes one message a call, so several calls go out at once;
 * what was not taken is returned. Thread-safe.
 */
public final class StorageWorkQueue implements WorkQueue {
  private static final Logger log = LoggerFactory.getLogger(StorageWorkQueue.class);

  /**
   * Bytes of a body: <a
   * href="https://learn.microsoft.com/en-us/azure/storage/queues/scalability-targets">64 KiB of a
   * message</a> hold so much in base64.
   */
  private static final int MOST_BYTES = 48 * 1024;

  /** Calls at once; a queue takes 2,000 messages a second. */
  private static final int AT_ONCE = 16;

  /** Calls failing in a row after which the queue counts as down: Sweep repeats the hints. */
  private static final int CALLS_UNTIL_DOWN = 2;

  /** A message stays until it is taken, not seven days. */
  private static final Duration FOR_GOOD = Duration.ofSeconds(-1);

  /** Of a call with its retry. */
  private static final Duration CALL = Duration.ofSeconds(10);

  private final QueueClient client;

  public StorageWorkQueue(QueueClient client) {
    this.client = client;
  }

  @Override
  public Set<String> send(Collection<String> bodies) {
    List<String> fitting = new ArrayList<>();
    Set<String> refused = ConcurrentHashMap.newKeySet();
    for (String body : new LinkedHashSet<>(bodies)) {
      int size = body.getBytes(StandardCharsets.UTF_8).length;
      if (size == 0 || size > MOST_BYTES) {
        refused.add(body);
      } else {
        fitting.add(body);
      }
    }
    AtomicInteger failed = new AtomicInteger();
    if (fitting.size() == 1) {
      send(fitting.getFirst(), refused, failed);
    } else if (!fitting.isEmpty()) {
      try (ExecutorService senders =
          Executors.newFixedThreadPool(
              Math.min(AT_ONCE, fitting.size()), Thread.ofVirtual().factory())) {
        fitting.forEach(body -> senders.execute(() -> send(body, refused, failed)));
      }
    }
    if (!refused.isEmpty()) {
      log.warn(
          "queue={} hints_not_taken={} of={}",
          client.getQueueName(),
          refused.size(),
          bodies.size());
    }
    return refused;
  }

  private void send(String body, Set<String> refused, AtomicInteger failed) {
    if (failed.get() >= CALLS_UNTIL_DOWN) {
      refused.add(body);
      return;
    }
    try {
      client.sendMessageWithResponse(
          BinaryData.fromString(body), null, FOR_GOOD, CALL, Context.NONE);
      failed.set(0);
    } catch (RuntimeException e) {
      // the SDK has repeated the call already, so we do not
      failed.incrementAndGet();
      refused.add(body);
      log.warn("queue={} call_failed={}", client.getQueueName(), AzureErrors.kind(e));
    }
  }
}
