package dev.beckon.vendors.smtp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One reply of a server.
 *
 * @param code three digits (RFC 5321 §4.2)
 * @param text the lines behind the code, joined by line feeds
 */
record SmtpReply(int code, String text) {
  private static final Pattern ENHANCED = Pattern.compile("^[245]\\.(\\d{1,3}\\.\\d{1,3})\\b");

  boolean isPositive() {
    return code / 100 == 2;
  }

  /** Subject and detail of the enhanced code (RFC 3463), such as {@code 7.1}; empty without one. */
  String enhanced() {
    Matcher matcher = ENHANCED.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  String reason() {
    return code + " " + text.replace('\n', ' ');
  }
}
