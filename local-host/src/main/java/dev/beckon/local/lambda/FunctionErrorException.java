package dev.beckon.local.lambda;

/** A function reported an error, or its process ended. */
public final class FunctionErrorException extends Exception {
  private final Phase phase;
  private final String category;
  private final String type;

  /** When it happened. */
  public enum Phase {
    /** Before the first event: the handler was being made. */
    INIT,
    /** As the environment was restored from a snapshot. */
    RESTORE,
    /** While an event was handled. */
    INVOKE
  }

  /**
   * @param category Lambda's own, such as {@code Runtime.UserException}
   * @param type the exception's class, as the function reported it
   * @param message as the function reported it; never to be logged, since it may quote an event
   */
  FunctionErrorException(Phase phase, String category, String type, String message) {
    super(message);
    this.phase = phase;
    this.category = category;
    this.type = type;
  }

  public Phase phase() {
    return phase;
  }

  public String category() {
    return category;
  }

  public String type() {
    return type;
  }
}
