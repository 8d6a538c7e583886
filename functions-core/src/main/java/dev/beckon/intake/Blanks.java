package dev.beckon.intake;

/** Blanks at the ends of a cell, those included that copying leaves and nobody sees. */
final class Blanks {
  private Blanks() {}

  static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && blank(text.charAt(from))) {
      from++;
    }
    while (from < to && blank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean blank(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || (c >= '\u200B' && c <= '\u200F') // zero width, and marks of writing direction
        || (c >= '\u202A' && c <= '\u202E') // Windows adds these to copied numbers
        || (c >= '\u2060' && c <= '\u2069')
        || c == '\uFEFF';
  }
}
