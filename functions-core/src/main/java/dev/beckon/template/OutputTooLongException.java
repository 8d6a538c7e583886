package dev.beckon.template;

/**
 * A rendering that outgrew its bound because a recipient's values are too long. It concerns one
 * recipient only: the same template may well work for the next. The message holds no value.
 */
public final class OutputTooLongException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OutputTooLongException(String what, int limit) {
    super(what + " is longer than " + limit + " characters");
  }
}
