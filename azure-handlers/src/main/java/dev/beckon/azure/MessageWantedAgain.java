package dev.beckon.azure;

/**
 * Tells the host to deliver the message again: a function has no other way to say so. Why is in the
 * log and the spans already.
 */
final class MessageWantedAgain extends RuntimeException {
  private static final long serialVersionUID = 1;

  MessageWantedAgain() {
    super("the message is wanted again; the lines of this invocation say why");
  }
}
