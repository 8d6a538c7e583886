package dev.beckon.account;

import java.net.URI;

/**
 * Where {@code secret://name} references are resolved: Secrets Manager, Key Vault or the local
 * secrets file. Implementations are thread-safe and may cache for five minutes.
 */
public interface Secrets {

  /** The scheme of a reference. */
  String SCHEME = "secret";

  /**
   * The secret's current value.
   *
   * @param reference such as {@code secret://mail-password}
   * @throws SecretMissingException when nothing is stored under that name; the message names the
   *     reference and never a value
   * @throws SecretUnreachableException when what keeps it cannot be asked now
   */
  Secret resolve(URI reference);

  /**
   * Says that a value was refused where it is used: the next {@link #resolve} asks for it anew
   * instead of answering from memory. Never throws; may be called often.
   */
  default void refresh(URI reference) {}

  /**
   * The name in a reference: {@code mail/password} in {@code secret://mail/password}.
   *
   * @throws IllegalArgumentException when it is no such reference; the message does not repeat it
   */
  static String name(URI reference) {
    // getAuthority, not getHost: a host may not hold an underscore (RFC 3986, java.net.URI)
    String authority = reference.getAuthority();
    if (!SCHEME.equals(reference.getScheme()) || authority == null) {
      throw new IllegalArgumentException(
          "not a secret reference (scheme " + reference.getScheme() + "); write secret://name");
    }
    return authority + reference.getPath();
  }

  /** Whether a configured value is a reference rather than a value. */
  static boolean isReference(String value) {
    return value.startsWith(SCHEME + "://");
  }
}
