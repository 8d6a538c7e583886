package dev.beckon.local.functions;

import com.azure.storage.queue.models.QueueMessageItem;
import com.azure.storage.queue.models.QueueStorageException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a message ours while it is worked on: renewed at half of its time, again and again. */
final class Lease {
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private final StorageQueue queue;
  private final String id;
  private final Duration time;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private volatile String receipt;

  Lease(StorageQueue queue, QueueMessageItem item, Duration time) {
    this.queue = queue;
    this.id = item.getMessageId();
    this.receipt = item.getPopReceipt();
    this.time = time;
    this.thread = Thread.ofVirtual().name("lease").start(this::run);
  }

  private void run() {
    try {
      while (!ended.await(time.toMillis() / 2, TimeUnit.MILLISECONDS)) {
        try {
          receipt = queue.renew(id, receipt, time);
        } catch (QueueStorageException e) {
          if (StorageQueue.isGone(e)) {
            LOG.warn("queue={} message={} lease=lost", queue.name(), id);
            return;
          }
          LOG.warn("queue={} message={} lease=not_renewed", queue.name(), id, e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Renews no more; returns the message's last receipt. */
  String end() throws InterruptedException {
    ended.countDown();
    thread.join();
    return receipt;
  }
}
