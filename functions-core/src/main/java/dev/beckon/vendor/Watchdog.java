package dev.beckon.vendor;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends calls that run too long, whatever they block in. One thread for all of them, asleep until
 * the earliest end it knows of: a call that ends in time costs two set operations and wakes nobody,
 * as later calls end later. Thread-safe.
 */
final class Watchdog implements AutoCloseable {
  private static final long NEVER = Long.MAX_VALUE;

  /** A call being watched. */
  final class Watch {
    private final long end;
    private final Runnable abort;
    private volatile boolean expired;

    private Watch(long end, Runnable abort) {
      this.end = end;
      this.abort = abort;
    }

    /** Watches no longer; false when time ran out first. */
    boolean release() {
      running.remove(this);
      return !expired;
    }

    boolean expired() {
      return expired;
    }

    private void expire() {
      if (running.remove(this)) {
        expired = true;
        abort.run();
      }
    }
  }

  private final long origin = System.nanoTime();
  private final Set<Watch> running = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile long wake = NEVER;
  private volatile boolean closed;

  Watchdog(String name) {
    thread = Thread.ofPlatform().daemon().name(name).unstarted(this::watch);
    thread.start();
  }

  /**
   * Watches a call.
   *
   * @param endNanos by {@link System#nanoTime}
   * @param abort ends it from another thread, at once
   */
  Watch over(long endNanos, Runnable abort) {
    Watch watch = new Watch(endNanos - origin, abort);
    running.add(watch);
    if (closed) {
      watch.expire();
    } else if (watch.end < wake) {
      LockSupport.unpark(thread);
    }
    return watch;
  }

  /** Ends every call now, and every later one at its start. */
  @Override
  public void close() {
    closed = true;
    running.forEach(Watch::expire);
    LockSupport.unpark(thread);
  }

  private void watch() {
    while (!closed) {
      // from here on every new call wakes this thread: one that the loop misses is met by the next
      wake = NEVER;
      long now = System.nanoTime() - origin;
      long earliest = NEVER;
      for (Watch watch : running) {
        if (watch.end <= now) {
          watch.expire();
        } else {
          earliest = Math.min(earliest, watch.end);
        }
      }
      wake = earliest;
      if (earliest == NEVER) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, earliest - now);
      }
    }
  }
}
