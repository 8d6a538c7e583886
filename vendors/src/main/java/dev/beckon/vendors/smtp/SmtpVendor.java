package dev.beckon.vendors.smtp;

import dev.beckon.check.Finding;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.Vendor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends mails over kept SMTP connections. Thread-safe; a call uses one connection at a time. A
 * watchdog closes the connection of a call whose time is up, which ends whatever it blocks in.
 */
final class SmtpVendor implements Vendor {
  private final SmtpOptions options;
  private final Clock clock;
  private final SmtpPool pool;
  private final ScheduledThreadPoolExecutor watchdog;

  SmtpVendor(SmtpOptions options, Clock clock) {
    this.options = options;
    this.clock = clock;
    this.pool = new SmtpPool(options);
    this.watchdog =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("smtp-watchdog").factory());
    watchdog.setRemoveOnCancelPolicy(true);
  }

  @Override
  public int maxBatch() {
    return options.batch();
  }

  @Override
  public int maxInFlight() {
    return options.connections();
  }

  @Override
  public Duration timeout() {
    return options.timeout();
  }

  @Override
  public boolean sendsOneAfterOther() {
    return true;
  }

  @Override
  public List<SendResult> send(List<OutboundMessage> messages) {
    if (messages.isEmpty() || messages.size() > maxBatch()) {
      throw new IllegalArgumentException(
          messages.size() + " messages in a call that takes 1 to " + maxBatch());
    }
    long start = System.nanoTime();
    long timeout = options.timeout().toNanos();
    Mails mails = new Mails(messages, options.sender(), clock, start + timeout / 4 * 3);
    if (!pool.enter(start + timeout)) {
      mails.settleRest(SendResult.of(SendCode.NOT_STARTED, "every connection is busy"));
      return mails.results();
    }
    Guard guard = new Guard();
    ScheduledFuture<?> alarm = null;
    try {
      alarm =
          watchdog.schedule(
              guard::expire, start + timeout - System.nanoTime(), TimeUnit.NANOSECONDS);
      drain(mails, guard);
    } catch (java.util.concurrent.RejectedExecutionException e) {
      mails.settleRest(SendResult.of(SendCode.NOT_STARTED, "the vendor is closed"));
    } finally {
      if (alarm != null) {
        alarm.cancel(false);
      }
      pool.leave();
    }
    return mails.results();
  }

  /** On a connection of its own: it shall see what a new one meets. */
  @Override
  public List<Finding> check() {
    SmtpSocket socket = new SmtpSocket();
    ScheduledFuture<?> alarm =
        watchdog.schedule(socket::abort, options.timeout().toMillis(), TimeUnit.MILLISECONDS);
    try {
      return new SenderCheck(options).run(socket);
    } finally {
      alarm.cancel(false);
    }
  }

  @Override
  public void close() {
    watchdog.shutdown();
    pool.close();
  }

  @Override
  public String toString() {
    return "SmtpVendor[" + options + "]";
  }

  /** Goes from connection to connection until every mail has its result. */
  private void drain(Mails mails, Guard guard) {
    boolean mayKeep = true;
    while (mails.hasNext()) {
      SmtpConnection connection = mayKeep ? pool.kept() : null;
      boolean kept = connection != null;
      try {
        if (connection == null) {
          connection = pool.fresh(guard::watch);
        } else {
          guard.watch(connection.socket());
        }
      } catch (SmtpException e) {
        mails.settleRest(e.result());
        return;
      }
      SmtpTransfer transfer = new SmtpTransfer(connection, mails, options.messagesPerConnection());
      SendResult stopped = transfer.run();
      if (guard.release() && stopped == null) {
        pool.keep(connection);
        continue;
      }
      connection.socket().abort();
      if (guard.expired() && !mails.isInDoubt() && stopped != null) {
        mails.settle(stopped);
      }
      if (guard.expired() || mails.isInDoubt()) {
        mails.settleRest(SendResult.of(SendCode.NOT_STARTED, "the call ended before its turn"));
      } else if (!kept && !transfer.progressed() && stopped != null) {
        mails.settleRest(stopped);
      }
      // a kept connection the server had closed, or one it closed between mails: nothing was
      // written
      mayKeep = false;
    }
  }

  /** The socket a call is busy with, and whether the call's time is up. */
  private static final class Guard {
    private @Nullable SmtpSocket socket;
    private boolean expired;

    synchronized void watch(SmtpSocket next) {
      socket = next;
      if (expired) {
        next.abort();
      }
    }

    /** Lets go of the socket; false when time ran out first and it is closed. */
    synchronized boolean release() {
      socket = null;
      return !expired;
    }

    synchronized void expire() {
      expired = true;
      if (socket != null) {
        socket.abort();
      }
    }

    synchronized boolean expired() {
      return expired;
    }
  }
}
