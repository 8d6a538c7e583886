package dev.beckon.intake;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Checks mailboxes by <a href="https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1">RFC 5321</a>
 * and, for other scripts, <a href="https://www.rfc-editor.org/rfc/rfc6531">RFC 6531</a>. Quoted
 * local parts and address literals are refused: no customer list means them.
 */
final class EmailAddress {
  private static final int LONGEST = 254;
  private static final int LONGEST_LOCAL = 64;

  /** Dot-atom, widened to all letters and digits of other scripts. */
  private static final Pattern LOCAL =
      Pattern.compile(
          "[\\p{L}\\p{N}\\p{M}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{L}\\p{N}\\p{M}!#$%&'*+/=?^_`{|}~-]+)*");

  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

  private EmailAddress() {}

  static AddressCheck check(String text) {
    String address = text.strip();
    if (address.isEmpty()) {
      return refused("email-missing", "the e-mail address is empty: fill it in");
    }
    if (address.indexOf('<') >= 0 || address.indexOf('>') >= 0) {
      return refused(
          "email-display-name", "a name stands with the e-mail address: leave only the address");
    }
    if (address.indexOf(';') >= 0 || address.indexOf(',') >= 0) {
      return refused(
          "email-several", "a comma or semicolon stands in the e-mail address: give one address");
    }
    if (address.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
      return refused(
          "email-space", "a space or control character stands in the e-mail address: remove it");
    }
    int at = address.indexOf('@');
    if (at < 0) {
      return refused("email-no-at", "the e-mail address has no @: complete it");
    }
    if (at != address.lastIndexOf('@')) {
      return refused("email-two-at", "the e-mail address has more than one @: correct it");
    }
    return parts(address.substring(0, at), address.substring(at + 1));
  }

  private static AddressCheck parts(String local, String domain) {
    if (local.getBytes(StandardCharsets.UTF_8).length > LONGEST_LOCAL) {
      return refused("email-too-long", "the part before the @ is longer than 64 bytes: correct it");
    }
    if (!LOCAL.matcher(local).matches()) {
      return refused(
          "email-local-part",
          "the part before the @ has a character or a dot in the wrong place: correct it");
    }
    String ascii;
    try {
      ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return refused("email-domain", "the part after the @ is no domain name: correct it");
    }
    if (!DOMAIN.matcher(ascii).matches()) {
      return refused(
          "email-domain", "the part after the @ is no domain name such as example.com: correct it");
    }
    String whole = local + "@" + ascii;
    if (whole.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      return refused("email-too-long", "the e-mail address is longer than 254 bytes: correct it");
    }
    return new AddressCheck.Sound(whole);
  }

  private static AddressCheck refused(String code, String message) {
    return new AddressCheck.Refused(code, message);
  }
}
