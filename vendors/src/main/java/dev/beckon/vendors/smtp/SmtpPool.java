package dev.beckon.vendors.smtp;

import dev.beckon.vendor.SendCode;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Kept connections, the last used first, never more than the account's limit. Thread-safe. */
final class SmtpPool {
  private final SmtpOptions options;
  private final Semaphore places;
  private final ConcurrentLinkedDeque<SmtpConnection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  SmtpPool(SmtpOptions options) {
    this.options = options;
    this.places = new Semaphore(options.connections());
  }

  /** Waits for one of the account's places until the moment given; false when none came free. */
  boolean enter(long endNanos) {
    try {
      return places.tryAcquire(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void leave() {
    places.release();
  }

  /** A kept connection, or null. The server may have closed it without our knowing yet. */
  @org.jspecify.annotations.Nullable SmtpConnection kept() {
    for (SmtpConnection next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
      if (!next.socket().hasUnread()) {
        return next;
      }
      next.socket().abort();
    }
    return null;
  }

  /** A new connection; {@code opening} gets its socket first, to be able to abort it. */
  SmtpConnection fresh(Consumer<SmtpSocket> opening) throws SmtpException {
    if (closed) {
      throw new SmtpException(SendCode.NOT_STARTED, "the vendor is closed");
    }
    SmtpSocket socket = new SmtpSocket();
    opening.accept(socket);
    return SmtpConnection.open(socket, options);
  }

  void keep(SmtpConnection connection) {
    if (closed || connection.begun() >= options.messagesPerConnection()) {
      connection.quit();
    } else {
      idle.addFirst(connection);
      if (closed) {
        close();
      }
    }
  }

  void close() {
    closed = true;
    for (SmtpConnection next = idle.poll(); next != null; next = idle.poll()) {
      next.quit();
    }
  }
}
