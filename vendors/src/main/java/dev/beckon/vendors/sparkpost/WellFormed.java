package dev.beckon.vendors.sparkpost;

/** Text that can be written in UTF-8. */
final class WellFormed {
  private static final char REPLACEMENT = '\uFFFD';

  private WellFormed() {}

  /** The text, with the replacement character for each half of a pair that stands alone. */
  static String text(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return mended(text, i);
      }
    }
    return text;
  }

  private static String mended(String text, int from) {
    StringBuilder out = new StringBuilder(text);
    for (int i = from; i < out.length(); i++) {
      char c = out.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < out.length()
              && Character.isLowSurrogate(out.charAt(i + 1));
      if (pair) {
        i++;
      } else {
        out.setCharAt(i, REPLACEMENT);
      }
    }
    return out.toString();
  }
}
