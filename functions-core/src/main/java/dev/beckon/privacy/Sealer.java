package dev.beckon.privacy;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
  private record DayKey(String account, LocalDate day) {}

  /** An erased key is forgotten by every process after this time at the latest. */
  private static final Duration KEPT = Duration.ofMinutes(10);

  private record Unwrapped(AesGcm key, Instant at) {}

  private final List<KeyWrapper> masters;
  private final KeyVault vault;
  private final Clock clock;
  private final SecureRandom random;
  private final Map<DayKey, Unwrapped> unwrapped = new ConcurrentHashMap<>();

  /** Whoever unwraps a key holds the lock of its stripe. */
  private final List<Object> stripes = Stream.generate(Object::new).limit(32).toList();

  /**
   * @param masterKey 32 bytes
   */
  public Sealer(byte[] masterKey, KeyVault vault, Clock clock, SecureRandom random) {
    this(List.of(new LocalKeyWrapper(masterKey, random)), vault, clock, random);
  }

  /**
   * @param masters new day keys are wrapped by the first, older ones are opened by the one that
   *     made them
   */
  public Sealer(List<KeyWrapper> masters, KeyVault vault, Clock clock, SecureRandom random) {
    this.masters = List.copyOf(masters);
    this.vault = vault;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Seals bytes for an account under today's key.
   *
   * @throws KeysUnreachableException when vault or master key cannot be reached
   */
  public byte[] seal(String account, byte[] plain) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return keyFor(account, today, true).encrypt(account, today, plain);
  }

  /**
   * Opens what {@link #seal} made for the same account.
   *
   * @throws UnreadableException when the key is gone (erased) or the value was changed
   * @throws KeysUnreachableException when vault or master key cannot be reached
   */
  public byte[] open(String account, byte[] sealed) {
    LocalDate day = dayOf(sealed).orElseThrow(() -> new UnreadableException("not a sealed value"));
    return keyFor(account, day, false)
        .decrypt(account, sealed)
        .orElseThrow(() ->
            new UnreadableException(
                "a sealed value was changed, or its master key is another one"));
  }

  /** The day whose key a sealed value needs; empty where it needs none. */
  public static Optional<LocalDate> dayOf(byte[] sealed) {
    return AesGcm.dayOf(sealed);
  }

  private AesGcm keyFor(String account, LocalDate day, boolean create) {
    DayKey name = new DayKey(account, day);
    AesGcm known = known(name);
    if (known != null) {
      return known;
    }
    Instant oldest = clock.instant().minus(KEPT);
    unwrapped.values().removeIf(key -> !key.at().isAfter(oldest));
    try {
      byte[] wrapped = vault.find(account, day).orElse(null);
      if (wrapped == null && !create) {
        throw new UnreadableException("the key of " + account + " for " + day + " was erased");
      }
      return unwrappedOnce(name, wrapped);
    } catch (UnreadableException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new KeysUnreachableException(account, e);
    }
  }

  /**
   * One of all that wait asks the master key, which may be a call away.
   *
   * @param wrapped null makes the key
   */
  private AesGcm unwrappedOnce(DayKey name, byte @Nullable [] wrapped) {
    synchronized (stripes.get(Math.floorMod(name.hashCode(), stripes.size()))) {
      AesGcm known = known(name);
      if (known != null) {
        return known;
      }
      byte[] plain =
          wrapped == null
              ? make(name.account(), name.day())
              : unwrap(name.account(), name.day(), wrapped);
      AesGcm key = new AesGcm(plain, random);
      unwrapped.put(name, new Unwrapped(key, clock.instant()));
      return key;
    }
  }

  private @Nullable AesGcm known(DayKey name) {
    Unwrapped key = unwrapped.get(name);
    return key != null && key.at().isAfter(clock.instant().minus(KEPT)) ? key.key() : null;
  }

  private byte[] make(String account, LocalDate day) {
    byte[] fresh = new byte[32];
    random.nextBytes(fresh);
    byte[] ours = masters.getFirst().wrap(account, day, fresh);
    byte[] stored = vault.storeIfAbsent(account, day, ours);
    return Arrays.equals(stored, ours) ? fresh : unwrap(account, day, stored);
  }

  /** Each master key tells whether it was the one; there are two at most for long. */
  private byte[] unwrap(String account, LocalDate day, byte[] wrapped) {
    for (KeyWrapper master : masters) {
      Optional<byte[]> key = master.unwrap(account, day, wrapped);
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new UnreadableException("a wrapped key was changed, or its master key is another one");
  }
}
