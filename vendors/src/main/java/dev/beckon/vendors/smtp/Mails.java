package dev.beckon.vendors.smtp;

import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.Verdict;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mails of one call with their results: taken in order, one settled after the other. Used by
 * one thread.
 */
final class Mails {

  /** A mail ready for the wire. */
  static final class Mail {
    private final String recipient;
    private final byte[] data;

    private Mail(String recipient, byte[] data) {
      this.recipient = recipient;
      this.data = data;
    }

    String recipient() {
      return recipient;
    }

    /** Not to be changed. */
    byte[] data() {
      return data;
    }
  }

  private final List<OutboundMessage> messages;
  private final SmtpOptions.Sender sender;
  private final Clock clock;
  private final long lastBegin;
  private final List<SendResult> results = new ArrayList<>();
  private @Nullable Mail next;
  private int ahead = -1;
  private boolean inDoubt;

  /**
   * @param lastBegin the {@link System#nanoTime} after which no mail begins, so that what has begun
   *     still gets its answer
   */
  Mails(List<OutboundMessage> messages, SmtpOptions.Sender sender, Clock clock, long lastBegin) {
    this.messages = messages;
    this.sender = sender;
    this.clock = clock;
    this.lastBegin = lastBegin;
  }

  boolean hasNext() {
    return peek(0) != null;
  }

  /**
   * The mail to send now (0) or after the running one (1), composed; null when there is none. Those
   * that cannot be composed, or have no time left, get their results in passing.
   */
  @Nullable Mail peek(int offset) {
    while (results.size() + offset < messages.size()) {
      int index = results.size() + offset;
      if (ahead == index) {
        return next;
      }
      if (offset > 0 || System.nanoTime() <= lastBegin) {
        try {
          next = compose(messages.get(index));
          ahead = index;
          return next;
        } catch (SmtpException e) {
          if (offset > 0) {
            // it keeps its place; its result comes when it is first in line
            return null;
          }
          settle(e.result());
        }
      } else {
        settleRest(SendResult.of(SendCode.NOT_STARTED, "the call's time was up"));
      }
    }
    return null;
  }

  /** The address mails come from. */
  String sender() {
    return sender.address();
  }

  boolean hasTime() {
    return System.nanoTime() <= lastBegin;
  }

  void settle(SendResult result) {
    if (results.size() == messages.size()) {
      return;
    }
    results.add(result);
    inDoubt |= result.code().verdict() == Verdict.ASK_A_HUMAN;
  }

  void settleRest(SendResult result) {
    while (results.size() < messages.size()) {
      results.add(result);
    }
  }

  /** Whether an answer was lost: then the server is not to be trusted with more. */
  boolean isInDoubt() {
    return inDoubt;
  }

  int settled() {
    return results.size();
  }

  List<SendResult> results() {
    return List.copyOf(results);
  }

  private Mail compose(OutboundMessage message) throws SmtpException {
    String recipient = message.to().address();
    if (!MailAddress.isSafe(recipient)) {
      throw new SmtpException(SendCode.BAD_RECIPIENT, "not an address SMTP can carry");
    }
    return new Mail(recipient, MimeMessage.compose(message, sender, clock.instant()));
  }
}
