package dev.beckon.template;

/**
 * A stretch of a template.
 *
 * @param kind what it is
 * @param from where its content begins in the source: for text after trimming, for a tag behind its
 *     opening braces
 * @param content the text, or what stands between the braces without their {@code -}
 * @param start where the whole stretch begins, braces included
 */
record Token(Kind kind, int from, String content, int start) {
  enum Kind {
    TEXT,
    OUTPUT,
    TAG
  }

  /** Returns a tag's first word, or nothing for text and outputs. */
  String word() {
    return kind == Kind.TAG ? content.substring(wordStart(), wordEnd()) : "";
  }

  /** Returns what follows the first word. */
  String rest() {
    return content.substring(wordEnd());
  }

  int restOffset() {
    return from + wordEnd();
  }

  private int wordStart() {
    int at = 0;
    while (at < content.length() && Character.isWhitespace(content.charAt(at))) {
      at++;
    }
    return at;
  }

  private int wordEnd() {
    int at = wordStart();
    while (at < content.length() && Character.isLetterOrDigit(content.charAt(at))) {
      at++;
    }
    return at;
  }
}
