package dev.beckon.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.SequencedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed hashes by which a repeated request is known: HMAC-SHA-256 under a key of its own, derived
 * from the oldest of the hash keys. Not from the current one, which is another from the moment keys
 * begin to rotate, process by process: a repeat would not be known and everybody in it be invited
 * anew. The oldest one changes when the rotation ends, weeks after the last request that was made
 * before it. Thread-safe.
 */
public final class RequestHasher {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * @param hashKeys by id, the current one first
   */
  public RequestHasher(SequencedMap<String, byte[]> hashKeys) {
    SecretKeySpec oldest = new SecretKeySpec(hashKeys.lastEntry().getValue(), ALGORITHM);
    this.key =
        new SecretKeySpec(
            keyed(oldest).doFinal("requests".getBytes(StandardCharsets.UTF_8)), ALGORITHM);
  }

  /** The hash of texts in this order, in hexadecimal: where one ends and the next begins counts. */
  public String hash(String... parts) {
    Mac mac = keyed(key);
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      mac.update(bytes);
    }
    return HexFormat.of().formatHex(mac.doFinal());
  }

  private static Mac keyed(SecretKeySpec secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
    }
  }
}
