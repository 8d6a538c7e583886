package dev.beckon.azure.platform;

import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.models.KeyWrapAlgorithm;
import com.azure.security.keyvault.keys.cryptography.models.WrapResult;
import dev.beckon.privacy.KeyWrapper;
import dev.beckon.privacy.LocalKeyWrapper;
import dev.beckon.privacy.RestWhileDown;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A key of Azure Key Vault as master key: its private half never leaves the vault, and every use
 * stands in the vault's log. Thread-safe.
 *
 * <p>The vault binds nothing to what it wraps. So it wraps a key made for this one use, and that
 * key wraps the day key with account and day authenticated. A wrapped key is: 1 byte format, 1 byte
 * length and the identifier of the version that wrapped it, 2 bytes length and what the vault made,
 * then the day key sealed. With the version in it, a rotation in the vault needs nothing here.
 */
final class KeyVaultKeys implements KeyWrapper {
  private static final byte FORMAT = 3;
  private static final int KEY_BYTES = 32;
  private static final KeyWrapAlgorithm ALGORITHM = KeyWrapAlgorithm.RSA_OAEP_256;

  private final Function<String, CryptographyClient> clients;
  private final String key;
  private final SecureRandom random;
  private final RestWhileDown rest;
  private final Map<String, CryptographyClient> versions = new ConcurrentHashMap<>();

  /**
   * @param clients makes a client of a key's or a version's identifier
   * @param key the identifier without a version: {@code https://<vault>/keys/<name>}
   */
  KeyVaultKeys(
      Function<String, CryptographyClient> clients, String key, Clock clock, SecureRandom random) {
    this.clients = clients;
    this.key = key;
    this.random = random;
    this.rest = new RestWhileDown("keyvault:" + key, clock);
  }

  @Override
  public byte[] wrap(String account, LocalDate day, byte[] plain) {
    byte[] once = new byte[KEY_BYTES];
    random.nextBytes(once);
    WrapResult made = rest.call(() -> client(key).wrapKey(ALGORITHM, once), AzureErrors::kind);
    byte[] version = made.getKeyId().getBytes(StandardCharsets.UTF_8);
    if (version.length > 255) {
      throw new IllegalStateException("the identifier of " + key + " has more than 255 bytes");
    }
    byte[] wrapped = made.getEncryptedKey();
    byte[] sealed = new LocalKeyWrapper(once, random).wrap(bound(account, day), day, plain);
    return ByteBuffer.allocate(2 + version.length + 2 + wrapped.length + sealed.length)
        .put(FORMAT)
        .put((byte) version.length)
        .put(version)
        .putShort((short) wrapped.length)
        .put(wrapped)
        .put(sealed)
        .array();
  }

  @Override
  public Optional<byte[]> unwrap(String account, LocalDate day, byte[] bytes) {
    return Wrapped.read(bytes)
        .filter(wrapped -> wrapped.version.startsWith(key + "/"))
        .flatMap(wrapped ->
            opened(wrapped)
                .flatMap(once ->
                    new LocalKeyWrapper(once, random)
                        .unwrap(bound(account, day), day, wrapped.sealed)));
  }

  private Optional<byte[]> opened(Wrapped wrapped) {
    return rest.call(
        () -> {
          try {
            byte[] once = client(wrapped.version).unwrapKey(ALGORITHM, wrapped.once).getKey();
            return once.length == KEY_BYTES ? Optional.of(once) : Optional.<byte[]>empty();
          } catch (RuntimeException e) {
            if (AzureErrors.status(e) == 400) {
              return Optional.empty(); // it answered: nothing that this key wrapped
            }
            throw e;
          }
        },
        AzureErrors::kind);
  }

  private CryptographyClient client(String identifier) {
    return versions.computeIfAbsent(identifier, clients);
  }

  private static String bound(String account, LocalDate day) {
    return account + "@" + day;
  }

  /** The parts of a wrapped key. */
  private static final class Wrapped {
    private final String version;
    private final byte[] once;
    private final byte[] sealed;

    private Wrapped(String version, byte[] once, byte[] sealed) {
      this.version = version;
      this.once = once;
      this.sealed = sealed;
    }

    /** Empty where it is not of our making, or cut short. */
    static Optional<Wrapped> read(byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      if (in.remaining() < 2 || in.get() != FORMAT) {
        return Optional.empty();
      }
      int version = in.get() & 0xff;
      if (in.remaining() < version + 2) {
        return Optional.empty();
      }
      byte[] name = next(in, version);
      int once = in.getShort() & 0xffff;
      if (in.remaining() < once) {
        return Optional.empty();
      }
      return Optional.of(
          new Wrapped(
              new String(name, StandardCharsets.UTF_8), next(in, once), next(in, in.remaining())));
    }

    private static byte[] next(ByteBuffer in, int length) {
      byte[] bytes = new byte[length];
      in.get(bytes);
      return bytes;
    }
  }
}
