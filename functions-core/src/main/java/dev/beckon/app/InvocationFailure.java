package dev.beckon.app;

import dev.beckon.privacy.Failures;

/**
 * What leaves a function that failed. Platforms log it and keep it with the failed invocation: it
 * tells kinds and places, and no words of anybody else.
 */
public final class InvocationFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public InvocationFailure(Throwable failure) {
    super(Failures.tell(failure));
  }
}
