package dev.beckon.template;

/** Percent-encoding of UTF-8 by <a href="https://www.rfc-editor.org/rfc/rfc3986">RFC 3986</a>. */
final class Percent {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private Percent() {}

  static void append(String value, StringBuilder out) {
    int length = value.length();
    for (int i = plain(value, 0, out); i < length; i = plain(value, i + 1, out)) {
      char c = value.charAt(i);
      if (c < 0x80) {
        octet(c, out);
      } else if (c < 0x800) {
        octet(0xC0 | (c >> 6), out);
        octet(0x80 | (c & 0x3F), out);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        int point = Character.toCodePoint(c, value.charAt(++i));
        octet(0xF0 | (point >> 18), out);
        octet(0x80 | ((point >> 12) & 0x3F), out);
        octet(0x80 | ((point >> 6) & 0x3F), out);
        octet(0x80 | (point & 0x3F), out);
      } else {
        // half a pair cannot be written in UTF-8: the replacement character stands for it
        int point = Character.isSurrogate(c) ? 0xFFFD : c;
        octet(0xE0 | (point >> 12), out);
        octet(0x80 | ((point >> 6) & 0x3F), out);
        octet(0x80 | (point & 0x3F), out);
      }
    }
  }

  /** Appends what stands for itself from here on; returns where that ends. */
  private static int plain(String value, int from, StringBuilder out) {
    int to = from;
    while (to < value.length() && unreserved(value.charAt(to))) {
      to++;
    }
    out.append(value, from, to);
    return to;
  }

  static String encode(String value) {
    StringBuilder out = new StringBuilder(value.length() + 16);
    append(value, out);
    return out.toString();
  }

  /** RFC 3986 §2.3. */
  private static boolean unreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  private static void octet(int value, StringBuilder out) {
    out.append('%').append(HEX[value >> 4]).append(HEX[value & 0xF]);
  }
}
