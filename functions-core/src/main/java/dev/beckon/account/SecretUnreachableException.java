package dev.beckon.account;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A secret that cannot be read now: nothing is known of its value, and it is worth asking again.
 */
public final class SecretUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param why what happened and the remedy; never a value
   */
  public SecretUnreachableException(URI reference, String why, @Nullable Throwable cause) {
    super("the secret " + reference + " cannot be read: " + why, cause);
  }
}
