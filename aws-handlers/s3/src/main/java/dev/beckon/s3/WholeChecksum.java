package dev.beckon.s3;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Compares what was read with the checksum S3 keeps of a whole object. The SDK does that for one
 * answer; a range has no checksum. Not thread-safe.
 */
final class WholeChecksum {
  private final @Nullable Checksum read;
  private final String expected;

  private WholeChecksum(@Nullable Checksum read, String expected) {
    this.read = read;
    this.expected = expected;
  }

  static WholeChecksum of(GetObjectResponse first) {
    if (isWhole(first.checksumCRC32())) {
      return new WholeChecksum(new CRC32(), first.checksumCRC32());
    }
    if (isWhole(first.checksumCRC32C())) {
      return new WholeChecksum(new CRC32C(), first.checksumCRC32C());
    }
    return new WholeChecksum(null, "");
  }

  /** One of parts ends in their number, and is a checksum of checksums. */
  private static boolean isWhole(@Nullable String checksum) {
    return checksum != null && !checksum.contains("-");
  }

  void update(byte[] bytes, int start, int length) {
    if (read != null) {
      read.update(bytes, start, length);
    }
  }

  /** Whether it is what S3 keeps; true where S3 keeps none. */
  boolean isRight() {
    return read == null || base64(read).equals(expected);
  }

  /** As S3 writes it. */
  static String base64(Checksum checksum) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }
}
