package dev.beckon.vendor;

/** No connection could be had: nothing of the request was written. */
final class NotWritten extends Exception {
  private static final long serialVersionUID = 1L;

  private final SendCode code;

  NotWritten(SendCode code, String reason) {
    super(reason, null, false, false);
    this.code = code;
  }

  SendResult result() {
    return SendResult.of(code, "request not written: " + getMessage());
  }
}
