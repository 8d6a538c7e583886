package dev.beckon.privacy;

import dev.beckon.invitation.Recipient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns recipients into keyed hashes: HMAC-SHA-256, because plain hashes of phone numbers can be
 * reversed by trying them all. The result is {@code <key id>:<hex>}. Several keys may be in use
 * while they rotate: the first is current, the others still find what was hashed before.
 * Thread-safe.
 */
public final class RecipientHasher {
  /**
   * @param macs one a thread: to look the algorithm up and key it anew costs as much as two hashes
   */
  private record Key(String id, ThreadLocal<Mac> macs) {}

  private final List<Key> keys;

  /**
   * @param keyId short name kept beside every hash, so that keys can rotate
   * @param key at least 32 bytes
   */
  public RecipientHasher(String keyId, byte[] key) {
    this(new TreeMap<>(Map.of(keyId, key)));
  }

  /**
   * @param keys by id, the current one first; at least 32 bytes each
   */
  public RecipientHasher(SequencedMap<String, byte[]> keys) {
    List<Key> sound = new ArrayList<>();
    keys.forEach((id, key) -> {
      if (key.length < 32) {
        throw new IllegalArgumentException(
            "the hash key " + id + " has " + key.length + " bytes; it needs at least 32");
      }
      SecretKeySpec secret = new SecretKeySpec(key, "HmacSHA256");
      sound.add(new Key(id, ThreadLocal.withInitial(() -> keyed(secret))));
    });
    if (sound.isEmpty()) {
      throw new IllegalArgumentException("there is no hash key");
    }
    this.keys = List.copyOf(sound);
  }

  /**
   * The recipient's hash under the current key: the same for the same mailbox or number, however
   * its letters were cased.
   */
  public String hash(Recipient recipient) {
    return hash(keys.getFirst(), recipient);
  }

  /** The recipient's hashes under every key, the current one first. */
  public List<String> all(Recipient recipient) {
    if (!isRotating()) {
      return List.of(hash(recipient));
    }
    return keys.stream().map(key -> hash(key, recipient)).toList();
  }

  /** Whether more than one key is in use, so that one hash does not tell everything. */
  public boolean isRotating() {
    return keys.size() > 1;
  }

  private static String hash(Key key, Recipient recipient) {
    String canonical =
        recipient.channel().label() + ":" + recipient.address().toLowerCase(Locale.ROOT);
    byte[] hash = key.macs().get().doFinal(canonical.getBytes(StandardCharsets.UTF_8));
    return key.id() + ":" + HexFormat.of().formatHex(hash);
  }

  private static Mac keyed(SecretKeySpec secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
    }
  }
}
