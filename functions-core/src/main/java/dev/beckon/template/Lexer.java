package dev.beckon.template;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a template into text, outputs and tags, trims text beside {@code -} and drops comments. Not
 * thread-safe, lives for one compilation; time is linear in the source but for the few problems.
 */
final class Lexer {
  private static final String COMMENT = "comment";

  private final String source;
  private final Problems problems;
  private final List<Token> tokens = new ArrayList<>();
  private int position;
  private boolean trimNext;

  Lexer(String source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  List<Token> tokens() {
    while (position < source.length() && !problems.full()) {
      int open = nextOpening(position);
      if (open < 0) {
        text(position, source.length(), false);
        break;
      }
      boolean dash = open + 2 < source.length() && source.charAt(open + 2) == '-';
      text(position, open, dash);
      braces(open, dash);
    }
    return tokens;
  }

  private void braces(int open, boolean dash) {
    boolean output = source.charAt(open + 1) == '{';
    int from = open + (dash ? 3 : 2);
    int close = closing(from, output ? '}' : '%');
    if (close < 0) {
      problems.add(
          open,
          output
              ? "\"{{\" is never closed: end it with \"}}\""
              : "\"{%\" is never closed: end it with \"%}\"");
      int next = nextOpening(open + 2);
      position = next < 0 ? source.length() : next;
      return;
    }
    boolean endDash = close > from && source.charAt(close - 1) == '-';
    String content = source.substring(from, endDash ? close - 1 : close);
    position = close + 2;
    trimNext = endDash;
    if (output) {
      tokens.add(new Token(Token.Kind.OUTPUT, from, content, open));
    } else if (content.strip().equals(COMMENT)) {
      skipComment(open);
    } else if (!content.stripLeading().startsWith("#")) {
      tokens.add(new Token(Token.Kind.TAG, from, content, open));
    }
  }

  /** Comments may hold anything, other comments included, so only their own tags are looked at. */
  private void skipComment(int open) {
    int depth = 1;
    int at = source.indexOf("{%", position);
    while (at >= 0) {
      int from = at + (source.startsWith("{%-", at) ? 3 : 2);
      while (from < source.length() && Character.isWhitespace(source.charAt(from))) {
        from++;
      }
      @Nullable Integer end = endOfWord(from, "endcomment");
      if (end != null) {
        depth--;
        if (depth == 0) {
          trimNext = source.charAt(end) == '-';
          position = end + (trimNext ? 3 : 2);
          return;
        }
      } else if (endOfWord(from, COMMENT) != null) {
        depth++;
      }
      at = source.indexOf("{%", at + 2);
    }
    problems.add(open, "this comment is never closed: end it with {% endcomment %}");
    position = source.length();
  }

  /** Returns where {@code %}} or {@code -%}} begins behind the word, or null if it is another. */
  private @Nullable Integer endOfWord(int from, String word) {
    if (!source.startsWith(word, from)) {
      return null;
    }
    int end = from + word.length();
    while (end < source.length() && Character.isWhitespace(source.charAt(end))) {
      end++;
    }
    return source.startsWith("%}", end) || source.startsWith("-%}", end) ? end : null;
  }

  private int nextOpening(int from) {
    for (int at = source.indexOf('{', from); at >= 0; at = source.indexOf('{', at + 1)) {
      if (opens(at)) {
        return at;
      }
    }
    return -1;
  }

  private boolean opens(int at) {
    return source.startsWith("{{", at) || source.startsWith("{%", at);
  }

  /** Finds the closing braces outside quotes; a quote that its line never closes is none. */
  private int closing(int from, char first) {
    for (int at = from; at + 1 < source.length(); at++) {
      char c = source.charAt(at);
      if (c == first && source.charAt(at + 1) == '}') {
        return at;
      }
      if (c == '"' || c == '\'') {
        int end = closingQuote(at);
        at = end < 0 ? at : end;
      } else if (c == '{' && opens(at)) {
        return -1;
      }
    }
    return -1;
  }

  private int closingQuote(int open) {
    char quote = source.charAt(open);
    for (int at = open + 1; at < source.length() && source.charAt(at) != '\n'; at++) {
      if (source.charAt(at) == quote) {
        return at;
      }
    }
    return -1;
  }

  private void text(int from, int to, boolean trimEnd) {
    int start = from;
    int end = to;
    while (trimNext && start < end && Character.isWhitespace(source.charAt(start))) {
      start++;
    }
    while (trimEnd && end > start && Character.isWhitespace(source.charAt(end - 1))) {
      end--;
    }
    trimNext = false;
    if (end > start) {
      tokens.add(new Token(Token.Kind.TEXT, start, source.substring(start, end), start));
    }
  }
}
