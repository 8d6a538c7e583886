package dev.beckon.template;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads plain decimals: no exponents, whose expansion could be huge, and a bounded length. */
final class Decimals {
  private static final int LONGEST = 40;

  private Decimals() {}

  static @Nullable BigDecimal parse(String text) {
    String trimmed = text.strip();
    if (trimmed.isEmpty() || trimmed.length() > LONGEST) {
      return null;
    }
    int digits = 0;
    int points = 0;
    for (int i = 0; i < trimmed.length(); i++) {
      char c = trimmed.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
      } else if (c == '.') {
        points++;
      } else if (i > 0 || (c != '-' && c != '+')) {
        return null;
      }
    }
    boolean plain = digits > 0 && points <= 1 && !trimmed.endsWith(".");
    return plain ? new BigDecimal(trimmed) : null;
  }
}
