package dev.beckon.intake;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Checks telephone numbers and brings them to E.164. Thread-safe. Reads a country's numbering plan
 * at its first number.
 *
 * <p>Repaired, because nothing is lost: blanks, brackets and separators, a spreadsheet's leading
 * apostrophe, {@code tel:}, digits of other scripts, {@code 00} for {@code +}, and in the default
 * country a missing leading 0. Refused, because one would have to guess: {@code 9.2E+11}, and a
 * number that with a {@code +} before it would be one of another country, when by the default
 * country it is none, or a landline where the other is a mobile. (With the default country's own
 * code in front it is taken for what it is.)
 *
 * <p>Landlines are accepted for text messages: many countries do not tell them from mobile numbers,
 * numbers are ported, and some landlines take texts; the vendor knows. Premium-rate numbers are
 * refused on every channel, since calling them costs whoever runs the survey.
 */
final class PhoneNumber {
  private static final int MAX_TEXT = 60;

  private static final Pattern SCIENTIFIC =
      Pattern.compile("[+-]?[0-9]+(?:[.,][0-9]*)?[eE][+-]?[0-9]+");
  private static final Pattern HASHES = Pattern.compile("#{2,}");
  private static final Pattern DECIMAL = Pattern.compile("\\+?[0-9]{6,}[.,]0{1,2}");
  private static final Pattern SEVERAL = Pattern.compile("[,;|\\n]|/ *[+\uFF0B]|[0-9] *[+\uFF0B]");
  private static final Pattern EXTENSION =
      Pattern.compile("(?iu)(?:;ext=|\\bext(?:n|ension)?\\b|\\bx|#|~|доб|anexo).*[0-9]");
  private static final String SEPARATORS = " -()/.+\uFF0B[]";

  private final PhoneNumberUtil library;
  private final NumberingPlans plans = new NumberingPlans();

  /** One way to read a number. */
  private sealed interface Parsed {
    record Valid(Phonenumber.PhoneNumber value) implements Parsed {}

    record Fault(AddressFault fault) implements Parsed {}
  }

  PhoneNumber() {
    this.library = PhoneNumberUtil.getInstance();
  }

  /**
   * Checks what a person or a program wrote as a number.
   *
   * @param defaultCountry ISO 3166 code for numbers without country code; null, or one that does
   *     not exist, when there is none
   */
  AddressCheck check(String written, @Nullable String defaultCountry) {
    String country = defaultCountry == null ? "" : defaultCountry.toUpperCase(Locale.ROOT);
    String text = cleaned(written);
    if (text.isEmpty()) {
      return AddressFault.PHONE_MISSING.refused();
    }
    String plain = text.length() > MAX_TEXT ? null : plans.e164(text, country);
    return plain == null ? interpreted(text, country) : new AddressCheck.Sound(plain);
  }

  /** What the general rules make of a text. */
  AddressCheck interpreted(String text, String country) {
    boolean known = library.getSupportedRegions().contains(country);
    Optional<AddressFault> damage = damage(text);
    if (damage.isPresent()) {
      return damage.get().refused();
    }
    if (text.charAt(0) == '+' || text.charAt(0) == '\uFF0B') {
      return formatted(parsed(text, null));
    }
    boolean zeros = text.startsWith("00");
    Parsed abroad = parsed("+" + (zeros ? text.substring(2) : text), null);
    if (!known) {
      if (zeros) {
        return formatted(abroad);
      }
      boolean sound = abroad instanceof Parsed.Valid;
      return (sound ? AddressFault.PHONE_LOST_PLUS : AddressFault.PHONE_NO_COUNTRY).refused();
    }
    return withCountry(parsed(text, country), abroad, zeros, country);
  }

  /**
   * Chooses between the two ways to read a number without {@code +}. Open numbering plans, such as
   * Germany's, have a landline for nearly every row of digits, foreign mobile numbers included.
   */
  private AddressCheck withCountry(Parsed national, Parsed abroad, boolean zeros, String country) {
    if (!(abroad instanceof Parsed.Valid(var foreign))) {
      return formatted(national);
    }
    // 00 dials abroad nearly everywhere, but not by the plan of, say, the United States
    if (zeros || foreign.getCountryCode() == library.getCountryCodeForRegion(country)) {
      return formatted(abroad);
    }
    boolean home =
        national instanceof Parsed.Valid(var own)
            && !(library.getNumberType(own) == PhoneNumberType.FIXED_LINE
                && library.getNumberType(foreign) == PhoneNumberType.MOBILE);
    return home ? formatted(national) : AddressFault.PHONE_LOST_PLUS.refused();
  }

  private AddressCheck formatted(Parsed parsed) {
    return switch (parsed) {
      case Parsed.Fault(AddressFault fault) -> fault.refused();
      case Parsed.Valid(Phonenumber.PhoneNumber number) ->
          new AddressCheck.Sound(library.format(number, PhoneNumberFormat.E164));
    };
  }

  private static String cleaned(String written) {
    String text = Blanks.trimmed(written);
    if (text.startsWith("'") || text.startsWith("\u2019")) {
      text = Blanks.trimmed(text.substring(1));
    }
    if (text.regionMatches(true, 0, "tel:", 0, 4)) {
      text = Blanks.trimmed(text.substring(4));
    }
    return text;
  }

  private static Optional<AddressFault> damage(String text) {
    if (text.length() > MAX_TEXT) {
      return Optional.of(AddressFault.PHONE_TOO_LONG);
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      return Optional.of(AddressFault.PHONE_CONTROL);
    }
    if (text.indexOf('\uFFFD') >= 0) {
      return Optional.of(AddressFault.PHONE_DAMAGED_TEXT);
    }
    if (SCIENTIFIC.matcher(text).matches()) {
      return Optional.of(AddressFault.PHONE_SCIENTIFIC);
    }
    if (HASHES.matcher(text).matches()) {
      return Optional.of(AddressFault.PHONE_HASHES);
    }
    if (DECIMAL.matcher(text).matches()) {
      return Optional.of(AddressFault.PHONE_DECIMAL);
    }
    if (EXTENSION.matcher(text).find()) {
      return Optional.of(AddressFault.PHONE_EXTENSION);
    }
    if (SEVERAL.matcher(text).find()) {
      return Optional.of(AddressFault.PHONE_SEVERAL);
    }
    if (text.chars().anyMatch(Character::isLetter)) {
      return Optional.of(AddressFault.PHONE_LETTERS);
    }
    return text.codePoints().allMatch(PhoneNumber::usual)
        ? Optional.empty()
        : Optional.of(AddressFault.PHONE_CHARACTER);
  }

  /** Digits of any script, and what people put between them. */
  private static boolean usual(int c) {
    return Character.isDigit(c)
        || SEPARATORS.indexOf(c) >= 0
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.DASH_PUNCTUATION
        || Character.getType(c) == Character.FORMAT;
  }

  private Parsed parsed(String text, @Nullable String country) {
    Phonenumber.PhoneNumber number;
    try {
      number = library.parse(text, country);
    } catch (NumberParseException e) {
      return switch (e.getErrorType()) {
        case INVALID_COUNTRY_CODE -> new Parsed.Fault(AddressFault.PHONE_COUNTRY_CODE);
        case TOO_LONG -> new Parsed.Fault(AddressFault.PHONE_TOO_LONG);
        case TOO_SHORT_NSN, TOO_SHORT_AFTER_IDD -> new Parsed.Fault(AddressFault.PHONE_TOO_SHORT);
        case NOT_A_NUMBER -> new Parsed.Fault(AddressFault.PHONE_CHARACTER);
      };
    }
    if (number.hasExtension()) {
      return new Parsed.Fault(AddressFault.PHONE_EXTENSION);
    }
    PhoneNumberType type = library.getNumberType(number);
    if (type == PhoneNumberType.UNKNOWN) { // that is, it is not valid
      return switch (library.isPossibleNumberWithReason(number)) {
        case TOO_SHORT -> new Parsed.Fault(AddressFault.PHONE_TOO_SHORT);
        case TOO_LONG -> new Parsed.Fault(AddressFault.PHONE_TOO_LONG);
        case INVALID_COUNTRY_CODE -> new Parsed.Fault(AddressFault.PHONE_COUNTRY_CODE);
        case IS_POSSIBLE, IS_POSSIBLE_LOCAL_ONLY, INVALID_LENGTH ->
            new Parsed.Fault(AddressFault.PHONE_INVALID);
      };
    }
    if (type == PhoneNumberType.PREMIUM_RATE) {
      return new Parsed.Fault(AddressFault.PHONE_PREMIUM);
    }
    return new Parsed.Valid(number);
  }
}
