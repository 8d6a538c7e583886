package dev.beckon.vendors.sparkpost;

import dev.beckon.template.Segment;
import dev.beckon.template.SharedText;
import java.util.List;

/**
 * Shared texts in SparkPost's template language (<a
 * href="https://developers.sparkpost.com/api/template-language/">page</a>). Variables stand in
 * triple braces: inserted as they are, neither HTML-escaped nor, in links, percent-encoded. No
 * blanks inside, for links may hold none.
 *
 * <p>A brace of our own text that touches another brace could be read as an expression. It becomes
 * a variable too, whose value is the same for everyone: what variables hold is never executed.
 */
final class Spelling {
  static final String OPEN = "o";
  static final String CLOSE = "c";

  private Spelling() {}

  /** Names no word of the language can be. */
  static String variable(int number) {
    return "v" + number;
  }

  static String of(SharedText text) {
    StringBuilder out = new StringBuilder();
    List<Segment> segments = text.segments();
    for (int i = 0; i < segments.size(); i++) {
      switch (segments.get(i)) {
        case Segment.Variable variable -> insert(variable(variable.number()), out);
        case Segment.Text literal -> literal(literal.text(), i > 0, i < segments.size() - 1, out);
      }
    }
    return out.toString();
  }

  /** A literal on its own, such as a name. */
  static String of(String text) {
    StringBuilder out = new StringBuilder();
    literal(text, false, false, out);
    return out.toString();
  }

  private static void literal(String text, boolean follows, boolean goesOn, StringBuilder out) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (!isBrace(c)) {
        out.append(c);
        continue;
      }
      boolean before = i == 0 ? follows : isBrace(text.charAt(i - 1));
      boolean after = i == length - 1 ? goesOn : isBrace(text.charAt(i + 1));
      if (before || after) {
        insert(c == '{' ? OPEN : CLOSE, out);
      } else {
        out.append(c);
      }
    }
  }

  private static void insert(String name, StringBuilder out) {
    out.append("{{{").append(name).append("}}}");
  }

  private static boolean isBrace(char c) {
    return c == '{' || c == '}';
  }
}
