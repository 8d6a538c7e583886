package dev.beckon.privacy;

import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Optional;

/** A master key that this process holds: AES-256-GCM, the account authenticated. Thread-safe. */
public final class LocalKeyWrapper implements KeyWrapper {
  private final AesGcm master;

  /**
   * @param key 32 bytes
   */
  public LocalKeyWrapper(byte[] key, SecureRandom random) {
    if (key.length != 32) {
      throw new IllegalArgumentException(
          "the master key has " + key.length + " bytes; it needs 32");
    }
    this.master = new AesGcm(key, random);
  }

  @Override
  public byte[] wrap(String account, LocalDate day, byte[] key) {
    return master.encrypt(account, day, key);
  }

  @Override
  public Optional<byte[]> unwrap(String account, LocalDate day, byte[] wrapped) {
    return master.decrypt(account, wrapped);
  }
}
