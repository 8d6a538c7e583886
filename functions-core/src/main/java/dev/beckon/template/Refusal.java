package dev.beckon.template;

/** Ends the reading of one tag; the compiler notes the problem and goes on behind the tag. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final int offset;

  Refusal(int offset, String message) {
    super(message, null, false, false);
    this.offset = offset;
  }

  int offset() {
    return offset;
  }

  String remedy() {
    return String.valueOf(getMessage());
  }
}
