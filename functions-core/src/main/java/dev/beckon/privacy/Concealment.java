package dev.beckon.privacy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes known personal values out of texts that came from outside. */
public final class Concealment {
  /** Shorter values are in too many words that mean something else. */
  private static final int SHORTEST = 3;

  private static final String CUT = "…";

  private Concealment() {}

  /** The text with every value replaced, in any case, percent-encoded or not. */
  public static String conceal(String text, Collection<String> values) {
    List<String> forms = new ArrayList<>();
    for (String value : values) {
      if (value.length() >= SHORTEST) {
        forms.add(value);
        forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
        forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"));
      }
    }
    forms.sort(Comparator.comparingInt(String::length).reversed());
    String clean = text;
    for (String form : forms) {
      clean =
          Pattern.compile(Pattern.quote(form), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
              .matcher(clean)
              .replaceAll(Matcher.quoteReplacement("***"));
    }
    return clean.endsWith(CUT) ? withoutBeginning(clean, forms) : clean;
  }

  /** Where the text was cut it may end in the beginning of a value. */
  private static String withoutBeginning(String text, List<String> forms) {
    String whole = text.substring(0, text.length() - CUT.length());
    for (String form : forms) {
      for (int length = form.length() - 1; length >= SHORTEST; length--) {
        if (whole.regionMatches(true, whole.length() - length, form, 0, length)) {
          return whole.substring(0, whole.length() - length) + "***" + CUT;
        }
      }
    }
    return text;
  }
}
