package dev.beckon.local.functions;

import com.azure.core.exception.AzureException;
import com.azure.storage.queue.models.QueueMessageItem;
import com.azure.storage.queue.models.QueueStorageException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds a function from its queue by the rules of <a
 * href="https://learn.microsoft.com/en-us/azure/azure-functions/functions-bindings-storage-queue-trigger">Azure's
 * queue trigger</a>, as its source has them: batches whenever no more than the threshold is worked
 * on, each message in an invocation of its own and renewed for as long as that takes, deleted after
 * success, back after the visibility time-out, and after the last try in the poison queue. A
 * message that comes once more all the same, because its host died, goes there unseen; so does one
 * that cannot be decoded. A poison queue has no poison queue: what fails there stays away for the
 * rest of its lease, and after the last try it is not touched any more. Thread-safe.
 */
final class QueueListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueueListener.class);

  private final AppFunction function;
  private final StorageQueue queue;
  private final HostJson.Queues rules;
  private final Pace pace;
  private final Invoker invoker;
  private final Outputs outputs;
  private final boolean binary;
  private final Backoff backoff;
  private final Semaphore wake = new Semaphore(0);
  private final Semaphore finished = new Semaphore(0);
  private final ExecutorService working = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread thread;
  private volatile boolean stopping;
  private int running;

  QueueListener(
      AppFunction function,
      StorageQueue queue,
      HostJson.Queues rules,
      Pace pace,
      Invoker invoker,
      Outputs outputs) {
    this.function = function;
    this.queue = queue;
    this.rules = rules;
    this.pace = pace;
    this.invoker = invoker;
    this.outputs = outputs;
    this.binary = function.trigger().text("dataType").equals("binary");
    this.backoff = new Backoff(pace.poll(rules.maxPollingInterval()), ThreadLocalRandom.current());
    this.thread = Thread.ofVirtual().name("queue-" + function.name()).unstarted(this::run);
  }

  void start() {
    outputs.onAdded(queue.name(), this::wake);
    thread.start();
  }

  /** Looks at the queue now. */
  void wake() {
    wake.release();
  }

  private void run() {
    try {
      while (!stopping) {
        wake.drainPermits();
        if (poll()) {
          backoff.reset();
          while (running > rules.newBatchThreshold()) {
            finished.acquire();
            running--;
          }
        } else {
          Duration wait = backoff.next();
          if (wake.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.trace("queue={} woken", queue.name());
          }
        }
        int done = finished.drainPermits();
        running -= done;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether there were messages for the function. */
  private boolean poll() {
    boolean found = false;
    try {
      for (QueueMessageItem item : queue.receive(rules.batchSize(), pace.lease())) {
        var message = QueueMessage.of(item, rules.base64());
        if (message.isEmpty()) {
          LOG.warn("queue={} message={} undecodable", queue.name(), item.getMessageId());
          toPoison(item, item.getBody().toString(), item.getPopReceipt());
          continue;
        }
        found = true;
        running++;
        working.execute(() -> process(message.get()));
      }
    } catch (AzureException | IllegalStateException e) {
      LOG.warn("queue={} error={}", queue.name(), e.getClass().getSimpleName());
      LOG.debug("queue={}", queue.name(), e);
    }
    return found;
  }

  private void process(QueueMessage message) {
    QueueMessageItem item = message.item();
    try {
      if (item.getDequeueCount() > rules.maxDequeueCount()) {
        toPoison(item, message.wire(), item.getPopReceipt());
        return;
      }
      Lease lease = new Lease(queue, item, pace.lease());
      Invoker.Outcome outcome;
      String receipt;
      try {
        outcome =
            invoker.invoke(function, Invocation.of(message.input(binary), message.metadata()));
      } finally {
        receipt = lease.end();
      }
      settle(message, outcome, receipt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("queue={} message={} not settled", queue.name(), item.getMessageId(), e);
    } finally {
      finished.release();
    }
  }

  private void settle(QueueMessage message, Invoker.Outcome outcome, String receipt) {
    QueueMessageItem item = message.item();
    if (outcome instanceof Invoker.Outcome.Done) {
      queue.delete(item.getMessageId(), receipt);
    } else if (queue.hasPoison()) {
      if (item.getDequeueCount() >= rules.maxDequeueCount()) {
        toPoison(item, message.wire(), receipt);
      } else {
        release(item, receipt);
      }
    }
    if (outcome instanceof Invoker.Outcome.TimedOut) {
      invoker.timedOut();
    }
  }

  private void release(QueueMessageItem item, String receipt) {
    try {
      queue.renew(item.getMessageId(), receipt, pace.retry(rules.visibilityTimeout()));
    } catch (QueueStorageException e) {
      if (!StorageQueue.isGone(e)) {
        throw e;
      }
    }
  }

  private void toPoison(QueueMessageItem item, String wire, String receipt) {
    if (queue.hasPoison()) {
      StorageQueue poison = queue.poison();
      LOG.warn("queue={} message={} to={}", queue.name(), item.getMessageId(), poison.name());
      outputs.add(poison, wire);
      queue.delete(item.getMessageId(), receipt);
    }
  }

  /** Asks for no more messages and waits for those worked on. */
  @Override
  public void close() {
    stopping = true;
    wake();
    try {
      thread.join();
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
    working.close();
  }
}
