package dev.beckon.vendors.sparkpost;

import java.util.Map;

/**
 * As much of SparkPost's template language as our requests may use, by its <a
 * href="https://developers.sparkpost.com/api/template-language/">page</a>: triple braces insert a
 * value, which is not looked at again. Anything else that could be an expression is an error.
 */
final class SparkPostLanguage {
  private SparkPostLanguage() {}

  static String expand(String text, Map<String, String> values) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (!text.startsWith("{{", at)) {
        if (text.startsWith("}}", at)) {
          throw new IllegalArgumentException("braces that close nothing: " + text.substring(at));
        }
        out.append(text.charAt(at++));
        continue;
      }
      int end = text.indexOf("}}}", at);
      String name = end < 0 || !text.startsWith("{{{", at) ? "" : text.substring(at + 3, end);
      if (!name.matches("[a-z][0-9]*") || text.startsWith("}", end + 3)) {
        throw new IllegalArgumentException("not an expression of ours: " + text.substring(at));
      }
      if (!values.containsKey(name)) {
        throw new IllegalArgumentException("no value is named " + name);
      }
      out.append(values.get(name));
      at = end + 3;
    }
    return out.toString();
  }
}
