package dev.beckon.vendors.smtp;

import java.nio.charset.StandardCharsets;

/** Addresses as they may be written into a command or header without changing its meaning. */
final class MailAddress {
  /** RFC 5321 §4.5.3.1.3: a path of 256 octets with its brackets. */
  private static final int LONGEST = 254;

  private MailAddress() {}

  /** Whether it is local@domain without blanks, controls, brackets or quotes. */
  static boolean isSafe(String address) {
    int at = address.lastIndexOf('@');
    return at > 0
        && at < address.length() - 1
        && address.getBytes(StandardCharsets.UTF_8).length <= LONGEST
        && address.substring(at + 1).chars().allMatch(c -> c > ' ' && c < 127)
        && address.indexOf('@') == at
        && address
            .chars()
            .noneMatch(c ->
                Character.isISOControl(c)
                    || Character.isWhitespace(c)
                    || Character.isSpaceChar(c)
                    || "<>()[]\\,;:\"".indexOf(c) >= 0);
  }

  /** Whether it needs SMTPUTF8 (RFC 6531). */
  static boolean isInternational(String address) {
    return address.chars().anyMatch(c -> c > 126);
  }
}
