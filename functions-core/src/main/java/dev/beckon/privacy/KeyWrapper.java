package dev.beckon.privacy;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A master key that wraps the accounts' keys of the day, wherever it is kept. Account and day are
 * bound to what is wrapped where the key's place can do that. Thread-safe.
 */
public interface KeyWrapper {

  /**
   * Wraps a day key.
   *
   * @throws RuntimeException when the master key cannot be used now
   */
  byte[] wrap(String account, LocalDate day, byte[] key);

  /**
   * Opens what this key wrapped for the same account.
   *
   * @return empty when another master key wrapped it, or when it was changed
   * @throws RuntimeException when the master key cannot be used now
   */
  Optional<byte[]> unwrap(String account, LocalDate day, byte[] wrapped);
}
