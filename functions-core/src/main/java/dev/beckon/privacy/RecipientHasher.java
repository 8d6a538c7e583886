package dev.beckon.privacy;

import dev.beckon.invitation.Recipient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns recipients into keyed hashes: HMAC-SHA-256, because plain hashes of phone numbers can be
 * reversed by trying them all. The result is {@code <key id>:<hex>}. Thread-safe.
 */
public final class RecipientHasher {
  private final String keyId;
  private final SecretKeySpec key;

  /**
   * @param keyId short name kept beside every hash, so that keys can rotate
   * @param key at least 32 bytes
   */
  public RecipientHasher(String keyId, byte[] key) {
    if (key.length < 32) {
      throw new IllegalArgumentException(
          "the hash key has " + key.length + " bytes; it needs at least 32");
    }
    this.keyId = keyId;
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /** The same hash for the same mailbox or number, however its letters were cased. */
  public String hash(Recipient recipient) {
    String canonical =
        recipient.channel().label() + ":" + recipient.address().toLowerCase(Locale.ROOT);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return keyId
          + ":"
          + HexFormat.of().formatHex(mac.doFinal(canonical.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
    }
  }
}
