package dev.beckon.template;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Writes numbers as a language does: thousands apart, its own decimal mark. */
final class Figures {
  private Figures() {}

  /**
   * Formats a plain decimal; anything else is returned as it came.
   *
   * @param places decimal places, rounded half up; negative to keep those given
   * @param language a language tag such as "de"
   */
  static String format(String text, int places, String language) {
    BigDecimal number = Decimals.parse(text);
    if (number == null) {
      return text;
    }
    BigDecimal rounded = places < 0 ? number : number.setScale(places, RoundingMode.HALF_UP);
    String digits = rounded.abs().toPlainString();
    int point = digits.indexOf('.');
    int whole = point < 0 ? digits.length() : point;
    DecimalFormatSymbols signs = DecimalFormatSymbols.getInstance(Locale.forLanguageTag(language));
    StringBuilder out = new StringBuilder(digits.length() + 8);
    if (rounded.signum() < 0) {
      out.append('-');
    }
    for (int i = 0; i < whole; i++) {
      if (i > 0 && (whole - i) % 3 == 0) {
        out.append(signs.getGroupingSeparator());
      }
      out.append(digits.charAt(i));
    }
    if (point >= 0) {
      out.append(signs.getDecimalSeparator()).append(digits, point + 1, digits.length());
    }
    return out.toString();
  }
}
