package dev.beckon.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Passes claimed rows from the thread that talks to the store to the threads that talk to the
 * vendor, and outcomes back. Thread-safe.
 *
 * @param <W> work
 * @param <R> results
 */
final class Handover<W, R> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition results = lock.newCondition();
  private final ArrayDeque<W> ready = new ArrayDeque<>();
  private List<R> finished = new ArrayList<>();
  private boolean closed;

  /** Gives work to the senders. */
  void give(List<W> more) {
    lock.lock();
    try {
      ready.addAll(more);
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for work; null when there is none and none will come. */
  @Nullable List<W> take(int most) throws InterruptedException {
    lock.lock();
    try {
      while (ready.isEmpty() && !closed) {
        work.await();
      }
      if (ready.isEmpty()) {
        return null;
      }
      List<W> batch = new ArrayList<>(Math.min(most, ready.size()));
      while (batch.size() < most && !ready.isEmpty()) {
        batch.add(ready.removeFirst());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Reports results. */
  void report(List<R> more) {
    lock.lock();
    try {
      finished.addAll(more);
      results.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Takes all results, waiting until there are {@code enough} or the time is over. */
  List<R> collect(int enough, long waitMillis) throws InterruptedException {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(waitMillis);
      while (finished.size() < enough && nanos > 0) {
        nanos = results.awaitNanos(nanos);
      }
      List<R> taken = finished;
      finished = new ArrayList<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** No more work will be given. */
  void close() {
    lock.lock();
    try {
      closed = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
