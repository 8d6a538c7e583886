package dev.beckon.local.servers;

import java.util.Map;

/**
 * Expands as much of SparkPost's template language as variables and braces need: {@code {{{name}}}}
 * as it is, {@code {{name}}} escaped in HTML, and the four macros that write braces. A variable
 * without a value is nothing. What a variable holds is not looked at again.
 *
 * @see <a href="https://developers.sparkpost.com/api/template-language/">the reference</a>
 */
final class SparkPostTemplate {
  private static final Map<String, String> MACROS =
      Map.of(
          "opening_double_curly()", "{{",
          "closing_double_curly()", "}}",
          "opening_triple_curly()", "{{{",
          "closing_triple_curly()", "}}}");

  private SparkPostTemplate() {}

  /**
   * @throws IllegalArgumentException at anything else between braces
   */
  static String expand(String text, Map<String, String> values, boolean html) {
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    for (int open = text.indexOf("{{"); open >= 0; open = text.indexOf("{{", at)) {
      literal(text, at, open, out);
      boolean raw = text.startsWith("{{{", open);
      String end = raw ? "}}}" : "}}";
      int from = open + end.length();
      int close = text.indexOf(end, from);
      if (close < 0) {
        throw new IllegalArgumentException("an expression at " + open + " is never closed");
      }
      String expression = text.substring(from, close).strip();
      String macro = MACROS.get(expression);
      if (macro != null) {
        out.append(macro);
      } else if (expression.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        String value = values.getOrDefault(expression, "");
        out.append(raw || !html ? value : escaped(value));
      } else {
        throw new IllegalArgumentException("the expression at " + open + " is not a variable");
      }
      at = close + end.length();
    }
    literal(text, at, text.length(), out);
    return out.toString();
  }

  private static void literal(String text, int from, int to, StringBuilder out) {
    int stray = text.indexOf("}}", from);
    if (stray >= 0 && stray + 1 < to) {
      throw new IllegalArgumentException("braces at " + stray + " close nothing");
    }
    out.append(text, from, to);
  }

  private static String escaped(String value) {
    return value
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;")
        .replace("/", "&#x2F;");
  }
}
