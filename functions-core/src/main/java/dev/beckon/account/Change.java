package dev.beckon.account;

/**
 * Whoever changed an account's document, and what of it.
 *
 * @param who a person or a key, by a name without address and secret
 * @param what in words that follow {@code who}, such as {@code changed dispatches.stay}
 */
public record Change(String who, String what) {

  /** Of the document as a whole. */
  public static Change whole(String who) {
    return new Change(who, "stored the whole document");
  }
}
