package dev.beckon.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One AES-256 key, with its ciphers, one a thread: to look the algorithm up and to schedule the key
 * anew costs more than to encrypt a row. They are forgotten with their key. Thread-safe.
 *
 * <p>What it makes is: 1 byte format, 4 bytes day (epoch day, big-endian), 12 bytes nonce, then
 * ciphertext and tag. The account's id is authenticated with it.
 */
final class AesGcm {
  private static final byte FORMAT = 1;
  private static final int NONCE = 12;
  private static final int HEAD = 1 + Integer.BYTES + NONCE;
  private static final int TAG_BITS = 128;

  private final SecretKey secret;
  private final SecureRandom random;
  private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(AesGcm::cipher);

  AesGcm(byte[] key, SecureRandom random) {
    this.secret = new SecretKeySpec(key, "AES");
    this.random = random;
  }

  /** The day something was made for; empty where it is not of our making. */
  static Optional<LocalDate> dayOf(byte[] sealed) {
    return sealed.length < HEAD || sealed[0] != FORMAT
        ? Optional.empty()
        : Optional.of(LocalDate.ofEpochDay(ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt()));
  }

  byte[] encrypt(String account, LocalDate day, byte[] plain) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      Cipher cipher = ciphers.get();
      cipher.init(Cipher.ENCRYPT_MODE, secret, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(account.getBytes(StandardCharsets.UTF_8));
      byte[] sealed = new byte[HEAD + cipher.getOutputSize(plain.length)];
      ByteBuffer.wrap(sealed).put(FORMAT).putInt(Math.toIntExact(day.toEpochDay())).put(nonce);
      cipher.doFinal(plain, 0, plain.length, sealed, HEAD);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot encrypt with AES-GCM", e);
    }
  }

  /** The plain bytes; empty when it was changed, or another key or account sealed it. */
  Optional<byte[]> decrypt(String account, byte[] sealed) {
    if (dayOf(sealed).isEmpty()) {
      return Optional.empty();
    }
    try {
      Cipher cipher = ciphers.get();
      cipher.init(
          Cipher.DECRYPT_MODE,
          secret,
          new GCMParameterSpec(TAG_BITS, sealed, 1 + Integer.BYTES, NONCE));
      cipher.updateAAD(account.getBytes(StandardCharsets.UTF_8));
      return Optional.of(cipher.doFinal(sealed, HEAD, sealed.length - HEAD));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  private static Cipher cipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES-GCM", e);
    }
  }
}
