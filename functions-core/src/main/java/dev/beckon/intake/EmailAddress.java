package dev.beckon.intake;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/**
 * Checks mailboxes by RFC 5321 and, for other scripts, RFC 6531.
 *
 * <p>The sound form has its domain in lower-case ASCII, and its local part as it was given, in
 * Unicode NFC (RFC 6532 §3.1) and without quotation marks it can do without. The case of the local
 * part stays, for RFC 5321 lets a host tell {@code Anna} from {@code anna}; hashes ignore it, since
 * no provider people use does so, and a suppression that a capital letter escapes would be worse.
 */
final class EmailAddress {
  private static final int MAX_LOCAL = 64;

  /** A path has 256 octets, the angle brackets around it included: RFC 5321 §4.5.3.1.3. */
  private static final int MAX_ADDRESS = 254;

  /** Longer text is not looked at; with an international domain it may shrink by conversion. */
  private static final int MAX_TEXT = 1_000;

  private static final String ATEXT_SPECIALS = "!#$%&'*+-/=?^_`{|}~";

  private EmailAddress() {}

  /** Checks what a person or a program wrote as an address. Blanks at both ends are dropped. */
  static AddressCheck check(String written) {
    String text = Blanks.trimmed(written);
    if (text.isEmpty()) {
      return AddressFault.EMAIL_MISSING.refused();
    }
    if (text.length() > MAX_TEXT) {
      return AddressFault.EMAIL_TOO_LONG.refused();
    }
    if (!printableAscii(text)) { // as nearly every address is; the rest takes ten times as long
      Optional<AddressFault> unreadable = unreadable(text);
      if (unreadable.isPresent()) {
        return unreadable.get().refused();
      }
      text = Normalizer.normalize(text, Normalizer.Form.NFC);
    }
    int quoted = quotedEnd(text);
    if (quoted < 0) {
      return AddressFault.EMAIL_QUOTES.refused();
    }
    Optional<AddressFault> damage = damage(text, text.substring(quoted));
    if (damage.isPresent()) {
      return damage.get().refused();
    }
    int at = text.indexOf('@', quoted);
    String local = text.substring(0, at);
    Optional<AddressFault> localFault = localFault(local, quoted);
    if (localFault.isPresent()) {
      return localFault.get().refused();
    }
    return switch (MailDomain.ascii(text.substring(at + 1))) {
      case AddressCheck.Refused refused -> refused;
      case AddressCheck.Sound(String domain) -> joined(quoted > 0 ? plain(local) : local, domain);
    };
  }

  private static AddressCheck joined(String local, String domain) {
    String address = local + "@" + domain;
    return octets(address) > MAX_ADDRESS
        ? AddressFault.EMAIL_TOO_LONG.refused()
        : new AddressCheck.Sound(address);
  }

  private static boolean printableAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  private static Optional<AddressFault> unreadable(String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        return Optional.of(AddressFault.EMAIL_CONTROL);
      }
      int type = Character.getType(c);
      if (c == '\uFFFD' || type == Character.SURROGATE || type == Character.UNASSIGNED) {
        return Optional.of(AddressFault.EMAIL_DAMAGED_TEXT);
      }
      if (type == Character.FORMAT || type == Character.PRIVATE_USE) {
        return Optional.of(AddressFault.EMAIL_HIDDEN);
      }
      i += Character.charCount(c);
    }
    return Optional.empty();
  }

  /** The index behind a quoted beginning; 0 when there is none, -1 when it does not end. */
  private static int quotedEnd(String text) {
    if (text.charAt(0) != '"') {
      return 0;
    }
    for (int i = 1; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '"') {
        return i + 1;
      }
    }
    return -1;
  }

  /**
   * The damage that lists show, each by its own name.
   *
   * @param open the text behind a quoted beginning
   */
  private static Optional<AddressFault> damage(String text, String open) {
    if (text.regionMatches(true, 0, "mailto:", 0, 7)) {
      return Optional.of(AddressFault.EMAIL_MAILTO);
    }
    if (text.charAt(0) == '\'') {
      return Optional.of(AddressFault.EMAIL_APOSTROPHE);
    }
    int ats = 0;
    boolean space = false;
    for (int i = 0; i < open.length(); i++) {
      char c = open.charAt(i);
      ats += c == '@' ? 1 : 0;
      space |= c == ' ' || (c > '~' && Character.isSpaceChar(c));
    }
    boolean list = open.indexOf(',') >= 0 || open.indexOf(';') >= 0;
    if (ats > 1 && (list || space || open.indexOf('/') >= 0 || open.indexOf('|') >= 0)) {
      return Optional.of(AddressFault.EMAIL_SEVERAL);
    }
    if (open.indexOf('<') >= 0 || open.indexOf('>') >= 0) {
      return Optional.of(AddressFault.EMAIL_DISPLAY_NAME);
    }
    if (ats != 1) {
      return Optional.of(ats == 0 ? AddressFault.EMAIL_NO_AT : AddressFault.EMAIL_TWO_AT);
    }
    if (".,;:".indexOf(open.charAt(open.length() - 1)) >= 0) {
      return Optional.of(AddressFault.EMAIL_TRAILING);
    }
    return space ? Optional.of(AddressFault.EMAIL_SPACE) : Optional.empty();
  }

  private static Optional<AddressFault> localFault(String local, int quoted) {
    if (local.isEmpty()) {
      return Optional.of(AddressFault.EMAIL_NO_LOCAL);
    }
    if (octets(local) > MAX_LOCAL) {
      return Optional.of(AddressFault.EMAIL_LOCAL_TOO_LONG);
    }
    if (quoted > 0) {
      // what stands between the marks is free: controls were refused already
      boolean whole = quoted == local.length() && quoted > 2;
      return whole ? Optional.empty() : Optional.of(AddressFault.EMAIL_QUOTES);
    }
    if (local.indexOf('"') >= 0) {
      return Optional.of(AddressFault.EMAIL_QUOTES);
    }
    if (!atext(local)) {
      return Optional.of(AddressFault.EMAIL_LOCAL_CHARACTER);
    }
    return dotAtom(local) ? Optional.empty() : Optional.of(AddressFault.EMAIL_LOCAL_DOTS);
  }

  /** {@code "anna"@} and {@code anna@} are one mailbox, and the plain form is preferred: §4.1.2. */
  private static String plain(String quoted) {
    String content = quoted.substring(1, quoted.length() - 1);
    return dotAtom(content) && atext(content) ? content : quoted;
  }

  private static boolean dotAtom(String text) {
    return !text.startsWith(".") && !text.endsWith(".") && !text.contains("..");
  }

  /** The characters of RFC 5322 §3.2.3 and the dot; all beyond ASCII by RFC 6531 §3.3. */
  private static boolean atext(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && c != '.' && c < 0x80 && ATEXT_SPECIALS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
