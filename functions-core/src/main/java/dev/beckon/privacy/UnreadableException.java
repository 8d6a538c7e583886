package dev.beckon.privacy;

/** A sealed value that cannot be opened: its key is gone, or it is not what was sealed. */
public final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnreadableException(String why) {
    super(why);
  }
}
