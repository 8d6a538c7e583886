package dev.beckon.otel;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Ids that differ in environments restored from one snapshot, where ordinary random numbers begin
 * alike. Thread-safe.
 */
final class SecureIds implements IdGenerator {
  private static final int SPAN = 8;
  private static final int TRACE = 16;

  private final SecureRandom random = new SecureRandom();

  @Override
  public String generateSpanId() {
    return hex(SPAN);
  }

  @Override
  public String generateTraceId() {
    return hex(TRACE);
  }

  private String hex(int length) {
    byte[] id = new byte[length];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }
}
