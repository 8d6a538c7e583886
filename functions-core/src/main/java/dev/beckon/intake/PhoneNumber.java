package dev.beckon.intake;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks telephone numbers and turns them into E.164. Thread-safe. */
final class PhoneNumber {
  /** What a spreadsheet makes of a long number; its last digits are gone for good. */
  private static final Pattern SCIENTIFIC = Pattern.compile("[0-9]+[.,]?[0-9]*[eE]\\+?[0-9]+");

  private static final Pattern LETTERS = Pattern.compile(".*\\p{L}.*", Pattern.DOTALL);

  private final PhoneNumberUtil util = PhoneNumberUtil.getInstance();

  /**
   * @param defaultCountry ISO 3166 code for numbers without a country prefix; null when there is
   *     none
   */
  AddressCheck check(String text, @Nullable String defaultCountry) {
    String number = text.strip();
    if (number.startsWith("tel:")) {
      number = number.substring(4);
    }
    if (number.startsWith("'")) {
      number = number.substring(1); // how a spreadsheet marks text
    }
    if (number.isEmpty()) {
      return refused("phone-missing", "the telephone number is empty: fill it in");
    }
    if (SCIENTIFIC.matcher(number).matches()) {
      return refused(
          "phone-scientific",
          "a spreadsheet has turned the number into a form like 4.9E+11 and dropped digits: format the column as text and enter it again");
    }
    if (LETTERS.matcher(number).matches()) {
      return refused("phone-letters", "letters stand in the telephone number: correct it");
    }
    boolean international = number.startsWith("+") || number.startsWith("00");
    if (!international && defaultCountry == null) {
      return refused(
          "phone-no-country",
          "the number has no country prefix: write it as +49…, or set the feed's defaultCountry");
    }
    String readable =
        number.startsWith("00") && defaultCountry == null ? "+" + number.substring(2) : number;
    String region = defaultCountry == null ? "ZZ" : defaultCountry.toUpperCase(Locale.ROOT);
    try {
      Phonenumber.PhoneNumber parsed = util.parse(readable, region);
      if (util.isValidNumber(parsed)) {
        return new AddressCheck.Sound(util.format(parsed, PhoneNumberFormat.E164));
      }
    } catch (NumberParseException e) {
      return refused("phone-unreadable", "this is no telephone number: correct it");
    }
    return lostPlus(number)
        ? refused(
            "phone-lost-plus", "the number looks international and has lost its +: write it as +…")
        : refused("phone-invalid", "no such telephone number can exist in its country: correct it");
  }

  private boolean lostPlus(String number) {
    try {
      return !number.startsWith("+") && util.isValidNumber(util.parse("+" + number, "ZZ"));
    } catch (NumberParseException e) {
      return false;
    }
  }

  private static AddressCheck refused(String code, String message) {
    return new AddressCheck.Refused(code, message);
  }
}
