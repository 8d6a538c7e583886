package dev.beckon.template;

/** How a value is made harmless for the place it is written to. */
enum Sink {
  /** As it is. */
  PLAIN {
    @Override
    void append(String value, StringBuilder out) {
      out.append(value);
    }
  },

  /** One line. */
  LINE {
    @Override
    void append(String value, StringBuilder out) {
      int length = value.length();
      for (int i = 0; i < length; i++) {
        char c = value.charAt(i);
        out.append(breaksLine(c) ? ' ' : c);
      }
    }
  },

  /** HTML text or a quoted attribute. */
  HTML {
    @Override
    void append(String value, StringBuilder out) {
      escape(value, out);
    }
  },

  /**
   * The beginning of an address attribute: the value is a whole {@code http(s)} address, or "#"
   * takes its place. Deciding by what is allowed leaves no spelling of {@code javascript:} to miss.
   */
  ADDRESS {
    @Override
    void append(String value, StringBuilder out) {
      String address = value.strip();
      if (!isWeb(address) || isBroken(address)) {
        out.append('#');
        return;
      }
      escape(address, out);
    }
  },

  /** Further on in an address: percent-encoded, so that it stays one path segment or parameter. */
  ADDRESS_PART {
    @Override
    void append(String value, StringBuilder out) {
      Percent.append(value, out);
    }
  };

  private static final int TABLE = 128;
  private static final boolean[] SPECIAL = specials();

  abstract void append(String value, StringBuilder out);

  static boolean breaksLine(char c) {
    return c < ' ' || (c >= 0x7F && c <= 0x9F) || c == '\u2028' || c == '\u2029';
  }

  static boolean isWeb(String address) {
    return address.regionMatches(true, 0, "https://", 0, 8)
        || address.regionMatches(true, 0, "http://", 0, 7);
  }

  static void escape(String value, StringBuilder out) {
    int length = value.length();
    int from = 0;
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= TABLE || !SPECIAL[c]) {
        continue;
      }
      String with =
          switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> "\uFFFD"; // controls are not characters in HTML
          };
      out.append(value, from, i).append(with);
      from = i + 1;
    }
    if (from == 0) {
      out.append(value);
    } else {
      out.append(value, from, length);
    }
  }

  /** No address has control characters or white space in it (RFC 3986 §2). */
  static boolean isBroken(String address) {
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      if (breaksLine(c) || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        return true;
      }
    }
    return false;
  }

  private static boolean[] specials() {
    boolean[] special = new boolean[TABLE];
    for (char c = 0; c < ' '; c++) {
      special[c] = c != '\t' && c != '\r' && c != '\n';
    }
    for (char c : "&<>\"'\u007F".toCharArray()) {
      special[c] = true;
    }
    return special;
  }
}
