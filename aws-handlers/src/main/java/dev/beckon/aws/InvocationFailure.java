package dev.beckon.aws;

import dev.beckon.privacy.Failures;

/**
 * What leaves a handler that failed. Lambda logs it and keeps it in the failed invocation: it tells
 * kinds and places, and no words of anybody else.
 */
final class InvocationFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvocationFailure(Throwable failure) {
    super(Failures.tell(failure));
  }
}
