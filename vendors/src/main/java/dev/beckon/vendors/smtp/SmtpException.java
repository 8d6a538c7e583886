package dev.beckon.vendors.smtp;

import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;

/** A connection that cannot go on, with what that means for a message not begun on it. */
final class SmtpException extends Exception {
  private static final long serialVersionUID = 1;
  private final transient SendResult result;

  SmtpException(SendResult result) {
    super(result.reason());
    this.result = result;
  }

  SmtpException(SendCode code, String reason) {
    this(SendResult.of(code, reason));
  }

  SendResult result() {
    return result;
  }
}
