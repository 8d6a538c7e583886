package dev.beckon.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Chooses the share of rows that is invited: the same choice for the same invitation, always. */
final class Sampler {
  private Sampler() {}

  /** Whether an invitation belongs to the share. */
  static boolean keeps(String invitation, double share) {
    if (share >= 1) {
      return true;
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(invitation.getBytes(StandardCharsets.UTF_8));
      double drawn = (ByteBuffer.wrap(digest).getLong() >>> 11) * 0x1.0p-53;
      return drawn < share;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
