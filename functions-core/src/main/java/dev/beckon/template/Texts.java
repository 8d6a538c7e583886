package dev.beckon.template;

import java.util.Locale;

/** What filters do to text; results never outgrow {@link Template#MAX_VALUE} on the way. */
final class Texts {
  private Texts() {}

  static String capitalize(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return text.substring(0, first).toUpperCase(Locale.ROOT)
        + text.substring(first).toLowerCase(Locale.ROOT);
  }

  /** Replaces every occurrence; empty text occurs before and behind every character. */
  static String replace(String text, String from, String to) {
    int at = text.indexOf(from);
    if (at < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + to.length());
    int done = 0;
    while (at >= 0) {
      out.append(text, done, at).append(to);
      if (out.length() > Template.MAX_VALUE) {
        throw new OutputTooLongException("a value", Template.MAX_VALUE);
      }
      done = at + from.length();
      if (from.isEmpty() && at == text.length()) {
        break;
      }
      int next = from.isEmpty() ? text.offsetByCodePoints(at, 1) : done;
      at = text.indexOf(from, next);
    }
    return out.append(text, done, text.length()).toString();
  }

  /** Shortens to {@code length}, the dots included. */
  static String truncate(String text, int length, String dots) {
    if (text.length() <= length || text.codePointCount(0, text.length()) <= length) {
      return text;
    }
    int kept = Math.max(0, length - dots.codePointCount(0, dots.length()));
    return text.substring(0, text.offsetByCodePoints(0, kept)).concat(dots);
  }

  /** Cuts out a part; a negative start counts from the end. */
  static String slice(String text, int from, int length) {
    int size = text.codePointCount(0, text.length());
    int start = from < 0 ? from + size : from;
    if (start < 0 || start >= size || length <= 0) {
      return "";
    }
    int begin = text.offsetByCodePoints(0, start);
    int end = text.offsetByCodePoints(begin, Math.min(length, size - start));
    return text.substring(begin, end);
  }
}
