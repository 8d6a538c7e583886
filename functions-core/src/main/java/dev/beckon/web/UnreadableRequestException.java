package dev.beckon.web;

/** A request that means nothing. Its message is told to the sender and repeats nothing of it. */
public final class UnreadableRequestException extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;

  UnreadableRequestException(int status, String message) {
    super(message);
    this.status = status;
  }

  static UnreadableRequestException tooLarge(int most) {
    return new UnreadableRequestException(
        413, "the body is larger than " + most + " bytes; send it in parts");
  }

  public int status() {
    return status;
  }

  /** What is told to the sender: what is wrong and what helps. */
  public String told() {
    return String.valueOf(getMessage());
  }
}
