package dev.beckon.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals values with AES-256-GCM under an account's key of the day; the day keys are wrapped by the
 * master key and unwrapped once per process. Thread-safe.
 *
 * <p>A sealed value is: 1 byte format, 4 bytes day (epoch day, big-endian), 12 bytes nonce, then
 * ciphertext and tag. The account's id is authenticated with it, so that a value moved to another
 * account does not open. Random 96-bit nonces stay far below <a
 * href="https://csrc.nist.gov/pubs/sp/800/38/d/final">2^32 messages a key</a>, because a key lives
 * one day.
 */
public final class Sealer {
  private static final byte FORMAT = 1;
  private static final int NONCE = 12;
  private static final int HEAD = 1 + Integer.BYTES + NONCE;
  private static final int TAG_BITS = 128;

  private record DayKey(String account, LocalDate day) {}

  private final SecretKey master;
  private final KeyVault vault;
  private final Clock clock;
  private final SecureRandom random;
  private final Map<DayKey, SecretKey> unwrapped = new ConcurrentHashMap<>();

  /**
   * @param masterKey 32 bytes
   */
  public Sealer(byte[] masterKey, KeyVault vault, Clock clock, SecureRandom random) {
    if (masterKey.length != 32) {
      throw new IllegalArgumentException(
          "the master key has " + masterKey.length + " bytes; it needs 32");
    }
    this.master = new SecretKeySpec(masterKey, "AES");
    this.vault = vault;
    this.clock = clock;
    this.random = random;
  }

  /** Seals bytes for an account under today's key. */
  public byte[] seal(String account, byte[] plain) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return encrypt(keyFor(account, today, true), account, today, plain);
  }

  /**
   * Opens what {@link #seal} made for the same account.
   *
   * @throws UnreadableException when the key is gone (erased) or the value was changed
   * @throws KeysUnreachableException when the vault cannot be asked for the key
   */
  public byte[] open(String account, byte[] sealed) {
    if (sealed.length < HEAD || sealed[0] != FORMAT) {
      throw new UnreadableException("not a sealed value");
    }
    LocalDate day = LocalDate.ofEpochDay(ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt());
    return decrypt(keyFor(account, day, false), account, sealed);
  }

  private SecretKey keyFor(String account, LocalDate day, boolean create) {
    DayKey name = new DayKey(account, day);
    SecretKey known = unwrapped.get(name);
    if (known != null) {
      return known;
    }
    byte[] wrapped;
    try {
      wrapped = vault.find(account, day).orElse(null);
    } catch (RuntimeException e) {
      throw new KeysUnreachableException(account, e);
    }
    if (wrapped == null) {
      if (!create) {
        throw new UnreadableException("the key of " + account + " for " + day + " was erased");
      }
      byte[] fresh = new byte[32];
      random.nextBytes(fresh);
      wrapped = vault.storeIfAbsent(account, day, encrypt(master, account, day, fresh));
    }
    SecretKey key = new SecretKeySpec(decrypt(master, account, wrapped), "AES");
    unwrapped.put(name, key);
    return key;
  }

  private byte[] encrypt(SecretKey key, String account, LocalDate day, byte[] plain) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(account.getBytes(StandardCharsets.UTF_8));
      ByteBuffer sealed = ByteBuffer.allocate(HEAD + cipher.getOutputSize(plain.length));
      sealed.put(FORMAT).putInt(Math.toIntExact(day.toEpochDay())).put(nonce);
      cipher.doFinal(ByteBuffer.wrap(plain), sealed);
      return sealed.array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot encrypt with AES-GCM", e);
    }
  }

  private static byte[] decrypt(SecretKey key, String account, byte[] sealed) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          key,
          new GCMParameterSpec(TAG_BITS, sealed, 1 + Integer.BYTES, NONCE));
      cipher.updateAAD(account.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(sealed, HEAD, sealed.length - HEAD);
    } catch (GeneralSecurityException e) {
      throw new UnreadableException("a sealed value was changed, or its master key is another one");
    }
  }
}
