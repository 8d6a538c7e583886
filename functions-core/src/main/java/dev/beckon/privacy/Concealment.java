package dev.beckon.privacy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes known personal values out of texts that came from outside: every value of three characters
 * or more, in any case, percent-encoded or not. Immutable.
 */
public final class Concealment {
  /** Shorter values are in too many words that mean something else. */
  private static final int SHORTEST = 3;

  private static final String CUT = "…";

  /** Lower-case forms of the values, longest first. */
  private final List<String> forms;

  public Concealment(Collection<String> values) {
    Set<String> all = new HashSet<>();
    for (String value : values) {
      if (value.length() >= SHORTEST) {
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        all.add(lower(value));
        all.add(lower(encoded));
        all.add(lower(encoded.replace("+", "%20")));
      }
    }
    this.forms = all.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  /** The text with every value replaced. */
  public String conceal(String text) {
    String clean = text;
    String seen = lower(clean);
    for (String form : forms) {
      // Nearly no value is in the text: looking first is far cheaper than matching.
      if (seen.contains(form)) {
        clean =
            Pattern.compile(Pattern.quote(form), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(clean)
                .replaceAll(Matcher.quoteReplacement("***"));
        seen = lower(clean);
      }
    }
    return clean.endsWith(CUT) ? withoutBeginning(clean) : clean;
  }

  /** Where the text was cut it may end in the beginning of a value. */
  private String withoutBeginning(String text) {
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

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
