package dev.beckon.template;

import java.util.ArrayList;
import java.util.List;

/**
 * A word or sign inside a tag.
 *
 * @param text as written, for quoted text without its quotes
 * @param offset in the source
 */
record Part(Kind kind, String text, int offset) {
  enum Kind {
    NAME,
    QUOTED,
    NUMBER,
    SIGN,
    END
  }

  boolean isSign(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean isWord(String word) {
    return kind == Kind.NAME && text.equals(word);
  }

  /** Cuts what a tag holds into parts; the last one is the end. */
  static List<Part> cut(String content, int offset) throws Refusal {
    List<Part> parts = new ArrayList<>();
    int length = content.length();
    int at = 0;
    while (at < length) {
      char c = content.charAt(at);
      int end = at + 1;
      if (Character.isWhitespace(c)) {
        at++;
        continue;
      }
      Kind kind = Kind.SIGN;
      if (c == '"' || c == '\'') {
        end = content.indexOf(c, at + 1);
        if (end < 0) {
          throw new Refusal(offset + at, "this text has no closing quote: add " + c);
        }
        parts.add(new Part(Kind.QUOTED, content.substring(at + 1, end), offset + at));
        at = end + 1;
        continue;
      } else if (isDigit(c) || (c == '-' && end < length && isDigit(content.charAt(end)))) {
        kind = Kind.NUMBER;
        while (end < length && (isDigit(content.charAt(end)) || content.charAt(end) == '.')) {
          end++;
        }
      } else if (Character.isLetter(c) || c == '_') {
        kind = Kind.NAME;
        while (end < length && continuesName(content.charAt(end))) {
          end++;
        }
      } else if (c == '<' || c == '>' || c == '=' || c == '!') {
        char next = end < length ? content.charAt(end) : ' ';
        end += next == '=' || (c == '<' && next == '>') ? 1 : 0;
      } else if (c != '|' && c != ':' && c != ',') {
        throw new Refusal(
            offset + at,
            "\""
                + content.substring(at, content.offsetByCodePoints(at, 1))
                + "\" cannot be used"
                + " here: names, \"quoted text\", numbers, | : , and comparisons can");
      }
      parts.add(new Part(kind, content.substring(at, end), offset + at));
      at = end;
    }
    parts.add(new Part(Kind.END, "", offset + length));
    return parts;
  }

  private static boolean continuesName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
