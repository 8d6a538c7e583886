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
   */
  Secret resolve(URI reference);

  /** Whether a configured value is a reference rather than a value. */
  static boolean isReference(String value) {
    return value.startsWith(SCHEME + "://");
  }
}
