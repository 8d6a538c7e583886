package dev.beckon.vendor;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Kept connections per origin, the last used first, never more in use than the bound. Thread-safe.
 */
final class HttpPool implements AutoCloseable {

  /**
   * Peers and the gateways before them drop idle connections after a minute or more, often without
   * a word; and a function may have been frozen in between.
   */
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(50);

  /** An idle connection; wall-clock milliseconds, which go on while a function is frozen. */
  private record Kept(HttpConnection connection, long since, long until) {}

  /** The connections of one origin. */
  private static final class Lane {
    final Semaphore places;
    final ConcurrentLinkedDeque<Kept> idle = new ConcurrentLinkedDeque<>();

    Lane(int bound) {
      places = new Semaphore(bound);
    }
  }

  private final HttpConnector connector;
  private final int bound;
  private final InstantSource clock;
  private final Map<HttpOrigin, Lane> lanes = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param bound the most connections in use at once, for each origin
   */
  HttpPool(HttpConnector connector, int bound, InstantSource clock) {
    this.connector = connector;
    this.bound = bound;
    this.clock = clock;
  }

  /**
   * A connection to write one request to, to be given back by {@link #keep} or {@link #drop}.
   *
   * @throws NotWritten when none could be had until the moment given
   */
  HttpConnection take(HttpOrigin origin, long endNanos) throws NotWritten, InterruptedException {
    Lane lane = lane(origin);
    if (!lane.places.tryAcquire(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      throw new NotWritten(SendCode.NOT_STARTED, "every connection is busy");
    }
    boolean taken = false;
    try {
      if (closed) {
        throw new NotWritten(SendCode.NOT_STARTED, "the vendor is closed");
      }
      HttpConnection kept = kept(lane);
      HttpConnection connection = kept == null ? connector.open(origin, endNanos) : kept;
      taken = true;
      return connection;
    } finally {
      if (!taken) {
        lane.places.release();
      }
    }
  }

  /**
   * Takes a connection back for more requests.
   *
   * @param idle how long the peer says it keeps it
   */
  void keep(HttpOrigin origin, HttpConnection connection, Duration idle) {
    Lane lane = lane(origin);
    long now = clock.millis();
    long longest = Math.min(idle.toMillis(), LONGEST_IDLE.toMillis());
    lane.idle.addFirst(new Kept(connection, now, now + longest));
    lane.places.release();
    if (closed) {
      close();
    } else {
      retire(lane, now);
    }
  }

  /** Takes back a connection that is good for nothing more. */
  void drop(HttpOrigin origin, HttpConnection connection) {
    connection.abort();
    lane(origin).places.release();
  }

  @Override
  public void close() {
    closed = true;
    for (Lane lane : lanes.values()) {
      for (Kept next = lane.idle.poll(); next != null; next = lane.idle.poll()) {
        next.connection().abort();
      }
    }
  }

  private Lane lane(HttpOrigin origin) {
    Lane lane = lanes.get(origin);
    return lane == null ? lanes.computeIfAbsent(origin, any -> new Lane(bound)) : lane;
  }

  private @Nullable HttpConnection kept(Lane lane) {
    for (Kept next = lane.idle.pollFirst(); next != null; next = lane.idle.pollFirst()) {
      if (isFresh(next, clock.millis()) && !next.connection().isStale()) {
        return next.connection();
      }
      next.connection().abort();
    }
    return null;
  }

  /** The longest idle is the last: nobody would otherwise come across it while others suffice. */
  private static void retire(Lane lane, long now) {
    Kept oldest = lane.idle.peekLast();
    if (oldest != null && !isFresh(oldest, now) && lane.idle.removeLastOccurrence(oldest)) {
      oldest.connection().abort();
    }
  }

  private static boolean isFresh(Kept kept, long now) {
    return kept.since() <= now && now < kept.until();
  }
}
