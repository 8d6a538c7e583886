package dev.beckon.privacy;

/** Keys that cannot be read now: nothing is known of what is sealed under them. */
public final class KeysUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public KeysUnreachableException(String account, RuntimeException cause) {
    super("the keys of account " + account + " cannot be read now", cause);
  }
}
