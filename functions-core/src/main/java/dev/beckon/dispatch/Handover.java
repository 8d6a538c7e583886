package dev.beckon.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Passes claimed rows from the thread that talks to the store to the threads that talk to the
 * vendor, and outcomes back. Work that is taken together is of one kind. Thread-safe.
 *
 * @param <W> work
 * @param <R> results
 */
final class Handover<W, R> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition results = lock.newCondition();
  private final Function<W, Object> kindOf;
  private final int shares;

  /** What waits, one queue for each kind, none of them empty. */
  private final Map<Object, ArrayDeque<W>> ready = new LinkedHashMap<>();

  private List<R> finished = new ArrayList<>();
  private boolean closed;

  /** How many results the collector waits for: it is not woken for fewer. */
  private int awaited;

  /**
   * @param kindOf what work taken together has in common
   * @param shares into how many batches at least what waits is divided, however few it is; 1 for
   *     batches as full as can be
   */
  Handover(Function<W, Object> kindOf, int shares) {
    this.kindOf = kindOf;
    this.shares = shares;
  }

  /** Gives work to the senders. */
  void give(List<W> more) {
    lock.lock();
    try {
      for (W each : more) {
        ready.computeIfAbsent(kindOf.apply(each), any -> new ArrayDeque<>()).add(each);
        work.signal(); // somebody who waits, if anybody does: for few rows few wake up
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits for work of one kind, a full batch if there is one; null when none will come. */
  @Nullable List<W> take(int most) throws InterruptedException {
    return exchange(List.of(), most);
  }

  /** Reports results and takes more work as {@link #take} does, under one lock. */
  @Nullable List<W> exchange(List<R> done, int most) throws InterruptedException {
    lock.lock();
    try {
      finished.addAll(done);
      if (!done.isEmpty() && finished.size() >= awaited) {
        results.signalAll();
      }
      while (ready.isEmpty() && !closed) {
        work.await();
      }
      if (ready.isEmpty()) {
        return null;
      }
      Map.Entry<Object, ArrayDeque<W>> next = next(most);
      ArrayDeque<W> waiting = next.getValue();
      int size = Math.min(most, Math.ceilDiv(waiting.size(), shares));
      List<W> batch = new ArrayList<>(size);
      while (batch.size() < size) {
        batch.add(waiting.removeFirst());
      }
      if (waiting.isEmpty()) {
        ready.remove(next.getKey());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private Map.Entry<Object, ArrayDeque<W>> next(int full) {
    for (Map.Entry<Object, ArrayDeque<W>> kind : ready.entrySet()) {
      if (kind.getValue().size() >= full) {
        return kind;
      }
    }
    return ready.entrySet().iterator().next();
  }

  /** Takes all results, waiting until there are {@code enough} or the time is over. */
  List<R> collect(int enough, long waitMillis) throws InterruptedException {
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(waitMillis);
      awaited = enough;
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
