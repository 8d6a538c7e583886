package dev.beckon.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals values with AES-256-GCM under an account's key of the day; the day keys are wrapped by the
 * master key and unwrapped once in ten minutes per process. Thread-safe.
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

  /** An erased key is forgotten by every process after this time at the latest. */
  private static final Duration KEPT = Duration.ofMinutes(10);

  /**
   * A key with its ciphers, one a thread: to look the algorithm up and to schedule the key anew
   * costs more than to encrypt a row. They are forgotten with their key.
   */
  private record Key(SecretKey secret, ThreadLocal<Cipher> ciphers) {
    Key(byte[] key) {
      this(new SecretKeySpec(key, "AES"), ThreadLocal.withInitial(Sealer::cipher));
    }
  }

  private record Unwrapped(Key key, Instant at) {}

  private final List<Key> masters;
  private final KeyVault vault;
  private final Clock clock;
  private final SecureRandom random;
  private final Map<DayKey, Unwrapped> unwrapped = new ConcurrentHashMap<>();

  /**
   * @param masterKey 32 bytes
   */
  public Sealer(byte[] masterKey, KeyVault vault, Clock clock, SecureRandom random) {
    this(List.of(masterKey), vault, clock, random);
  }

  /**
   * @param masterKeys 32 bytes each; new day keys are wrapped by the first, older ones are opened
   *     by the one that made them
   */
  public Sealer(Collection<byte[]> masterKeys, KeyVault vault, Clock clock, SecureRandom random) {
    List<Key> sound = new ArrayList<>();
    for (byte[] key : masterKeys) {
      if (key.length != 32) {
        throw new IllegalArgumentException(
            "the master key has " + key.length + " bytes; it needs 32");
      }
      sound.add(new Key(key));
    }
    this.masters = List.copyOf(sound);
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
    LocalDate day = dayOf(sealed).orElseThrow(() -> new UnreadableException("not a sealed value"));
    return decrypt(keyFor(account, day, false), account, sealed);
  }

  /** The day whose key a sealed value needs; empty where it needs none. */
  public static Optional<LocalDate> dayOf(byte[] sealed) {
    return sealed.length < HEAD || sealed[0] != FORMAT
        ? Optional.empty()
        : Optional.of(LocalDate.ofEpochDay(ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt()));
  }

  private Key keyFor(String account, LocalDate day, boolean create) {
    DayKey name = new DayKey(account, day);
    Instant oldest = clock.instant().minus(KEPT);
    Unwrapped known = unwrapped.get(name);
    if (known != null && known.at().isAfter(oldest)) {
      return known.key();
    }
    unwrapped.values().removeIf(key -> !key.at().isAfter(oldest));
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
      wrapped = vault.storeIfAbsent(account, day, encrypt(masters.getFirst(), account, day, fresh));
    }
    Key key = new Key(unwrap(account, wrapped));
    unwrapped.put(name, new Unwrapped(key, clock.instant()));
    return key;
  }

  /** The tag tells which master key it was; there are two at most for long. */
  private byte[] unwrap(String account, byte[] wrapped) {
    UnreadableException failure = new UnreadableException("there is no master key");
    for (Key master : masters) {
      try {
        return decrypt(master, account, wrapped);
      } catch (UnreadableException e) {
        failure = e;
      }
    }
    throw failure;
  }

  private static Cipher cipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES-GCM", e);
    }
  }

  private byte[] encrypt(Key key, String account, LocalDate day, byte[] plain) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      Cipher cipher = key.ciphers().get();
      cipher.init(Cipher.ENCRYPT_MODE, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(account.getBytes(StandardCharsets.UTF_8));
      byte[] sealed = new byte[HEAD + cipher.getOutputSize(plain.length)];
      ByteBuffer.wrap(sealed).put(FORMAT).putInt(Math.toIntExact(day.toEpochDay())).put(nonce);
      cipher.doFinal(plain, 0, plain.length, sealed, HEAD);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot encrypt with AES-GCM", e);
    }
  }

  private static byte[] decrypt(Key key, String account, byte[] sealed) {
    try {
      Cipher cipher = key.ciphers().get();
      cipher.init(
          Cipher.DECRYPT_MODE,
          key.secret(),
          new GCMParameterSpec(TAG_BITS, sealed, 1 + Integer.BYTES, NONCE));
      cipher.updateAAD(account.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(sealed, HEAD, sealed.length - HEAD);
    } catch (GeneralSecurityException e) {
      throw new UnreadableException("a sealed value was changed, or its master key is another one");
    }
  }
}
