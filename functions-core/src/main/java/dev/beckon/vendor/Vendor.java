package dev.beckon.vendor;

import dev.beckon.check.Finding;
import java.time.Duration;
import java.util.List;

/**
 * One vendor account, ready to send. Thread-safe: up to {@link #maxInFlight()} calls of {@link
 * #send} run at once. Expected outcomes are results; an exception means a bug, and its messages
 * count as {@link SendCode#NO_REPLY}.
 */
public interface Vendor extends AutoCloseable {

  /** The most messages one {@link #send} takes; 1 is single-send. */
  int maxBatch();

  /** The most calls of {@link #send} worth running at once. */
  int maxInFlight();

  /**
   * How long few messages are worth waiting for others before a call; zero where a call costs as
   * much for one as for many.
   */
  default Duration gather() {
    return Duration.ZERO;
  }

  /** What bounds one whole call of {@link #send}: it has returned by then. */
  Duration timeout();

  /**
   * Whether mails are to come as {@link Content.BulkEmail}, a call's messages sharing one {@link
   * SharedMail} where there are enough of them.
   */
  default boolean takesSharedMail() {
    return false;
  }

  /**
   * Whether a call hands its messages over one after the other: a few of them are then sooner sent
   * by several calls than by one.
   */
  default boolean sendsOneAfterOther() {
    return false;
  }

  /**
   * Sends messages, each exactly once.
   *
   * @param messages between 1 and {@link #maxBatch()} messages
   * @return one result per message, in their order
   */
  List<SendResult> send(List<OutboundMessage> messages);

  /**
   * What the vendor says of this account (its key, its sender), asked without sending anything to
   * anybody; bounded by {@link #timeout()}. One finding each, none of them with a secret in it.
   */
  default List<Finding> check() {
    return List.of(Finding.unknown("this vendor has no check of its own", "send a test message"));
  }

  /** Closes kept connections. Never throws. */
  @Override
  void close();
}
