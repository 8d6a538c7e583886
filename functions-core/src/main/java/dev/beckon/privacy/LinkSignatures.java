package dev.beckon.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SequencedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs the tokens in answer links: whoever knows a token, as the survey tool does, cannot answer
 * by it. HMAC-SHA-256 cut to 128 bits, under keys derived from the hash keys. The first key signs,
 * all of them verify, so that links live as long as their key does. Thread-safe.
 */
public final class LinkSignatures {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PURPOSE = "beckon answer links 1";
  private static final int BYTES = 16;

  private final List<ThreadLocal<Mac>> macs;

  /**
   * @param hashKeys by id, the current one first
   */
  public LinkSignatures(SequencedMap<String, byte[]> hashKeys) {
    if (hashKeys.isEmpty()) {
      throw new IllegalArgumentException("there is no hash key");
    }
    this.macs = hashKeys.values().stream().map(LinkSignatures::derived).toList();
  }

  /** The signature of a token, 22 characters of base64url. */
  public String of(String token) {
    return signature(macs.getFirst(), token);
  }

  /** Whether a signature is a token's. Takes as long for a wrong one as for the right one. */
  public boolean holds(String token, String signature) {
    byte[] given = signature.getBytes(StandardCharsets.UTF_8);
    boolean holds = false;
    for (ThreadLocal<Mac> mac : macs) {
      // compared as text: of base64url several texts mean the same bytes
      byte[] right = signature(mac, token).getBytes(StandardCharsets.US_ASCII);
      holds |= MessageDigest.isEqual(right, given);
    }
    return holds;
  }

  private static String signature(ThreadLocal<Mac> mac, String token) {
    byte[] full = mac.get().doFinal(token.getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(full, BYTES));
  }

  private static ThreadLocal<Mac> derived(byte[] hashKey) {
    byte[] derived =
        keyed(new SecretKeySpec(hashKey, ALGORITHM))
            .doFinal(PURPOSE.getBytes(StandardCharsets.US_ASCII));
    SecretKeySpec key = new SecretKeySpec(derived, ALGORITHM);
    return ThreadLocal.withInitial(() -> keyed(key));
  }

  private static Mac keyed(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HMAC-SHA-256", e);
    }
  }
}
