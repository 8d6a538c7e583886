package dev.beckon.account;

import java.net.URI;

/** A {@code secret://} reference that nothing answers to. */
public final class SecretMissingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SecretMissingException(URI reference, String where) {
    super("no secret " + reference + " in " + where + ": add it there, or correct the reference");
  }
}
