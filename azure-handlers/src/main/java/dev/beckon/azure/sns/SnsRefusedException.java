package dev.beckon.azure.sns;

import org.jspecify.annotations.Nullable;

/** A message that is not taken. The text is for our log: it says why and repeats nothing of it. */
final class SnsRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  SnsRefusedException(String why) {
    this(why, null);
  }

  SnsRefusedException(String why, @Nullable Throwable cause) {
    super(why, cause);
  }
}
