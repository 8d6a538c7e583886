package dev.beckon.intake;

import java.net.IDN;
import java.util.Locale;

/** The part of an address behind the {@code @}. */
final class MailDomain {
  private static final int MAX_LABEL = 63;

  /**
   * Letters that IDNA 2003, which the JDK speaks, turns into others ({@code ß} into {@code ss}) and
   * IDNA 2008 keeps: by the old rule the mail would go to somebody else's domain (UTS 46 §2.3).
   */
  private static final String DEVIATIONS = "\u00DF\u1E9E\u03C2\u200C\u200D";

  private MailDomain() {}

  /** {@link AddressCheck.Sound} here holds the domain alone, in lower-case ASCII. */
  static AddressCheck ascii(String domain) {
    if (domain.isEmpty()) {
      return AddressFault.EMAIL_NO_DOMAIN.refused();
    }
    if (domain.startsWith("[")) {
      return AddressFault.EMAIL_LITERAL.refused();
    }
    String ascii = domain;
    if (!domain.chars().allMatch(c -> c < 0x80)) {
      if (domain.chars().anyMatch(c -> DEVIATIONS.indexOf(c) >= 0)) {
        return AddressFault.EMAIL_DOMAIN_IDN.refused();
      }
      try {
        ascii = IDN.toASCII(domain);
      } catch (IllegalArgumentException e) {
        return AddressFault.EMAIL_DOMAIN_IDN.refused();
      }
    }
    ascii = ascii.toLowerCase(Locale.ROOT);
    if (ascii.indexOf('.') < 0) {
      return AddressFault.EMAIL_DOMAIN_NO_DOT.refused();
    }
    int from = 0;
    boolean digits;
    do {
      int dot = ascii.indexOf('.', from);
      int to = dot < 0 ? ascii.length() : dot;
      if (from == to) {
        return AddressFault.EMAIL_DOMAIN_DOTS.refused();
      }
      digits = true;
      for (int i = from; i < to; i++) {
        char c = ascii.charAt(i);
        boolean digit = c >= '0' && c <= '9';
        if (!digit && !(c >= 'a' && c <= 'z') && c != '-') {
          return AddressFault.EMAIL_DOMAIN_CHARACTER.refused();
        }
        digits &= digit;
      }
      if (to - from > MAX_LABEL || ascii.charAt(from) == '-' || ascii.charAt(to - 1) == '-') {
        return AddressFault.EMAIL_DOMAIN_LABEL.refused();
      }
      from = to + 1;
    } while (from <= ascii.length());
    return digits ? AddressFault.EMAIL_DOMAIN_NUMBER.refused() : new AddressCheck.Sound(ascii);
  }
}
