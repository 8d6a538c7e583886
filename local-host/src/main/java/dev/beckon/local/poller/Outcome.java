package dev.beckon.local.poller;

/** How one invocation ended. */
public sealed interface Outcome {

  /**
   * The handler returned.
   *
   * @param json its result; {@code null} as JSON writes it when there is none
   */
  record Returned(String json) implements Outcome {}

  /** The handler, or the reading of its event, ended with this. */
  record Failed(Throwable cause) implements Outcome {}

  /** The time allowed was over; what the handler still does is nobody's concern. */
  record TimedOut() implements Outcome {}
}
