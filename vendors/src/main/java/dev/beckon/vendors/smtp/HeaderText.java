package dev.beckon.vendors.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Human text as headers carry it: folded ASCII, or encoded words (RFC 2047). */
final class HeaderText {
  /** RFC 5322 §2.1.1 recommends lines of at most 78 characters. */
  private static final int LINE = 76;

  /** 42 bytes are 56 of base64: a word of 68 (75 allowed), and {@code Subject:} before it. */
  private static final int WORD_BYTES = 42;

  private HeaderText() {}

  /** Unstructured text such as a subject; {@code used} is the length of what stands before it. */
  static String unstructured(String text, int used) {
    return isPlain(text) ? fold(text, used) : encodedWords(text);
  }

  /** A display name before an address: quoted, or encoded. */
  static String phrase(String text) {
    if (!isPlain(text) || text.length() > LINE - 10) {
      return encodedWords(text);
    }
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 127)
        && !text.contains("=?")
        && !text.contains("  ")
        && text.equals(text.strip())
        && longestWord(text) < LINE - 12;
  }

  private static int longestWord(String text) {
    int longest = 0;
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == ' ') {
        longest = Math.max(longest, i - start);
        start = i + 1;
      }
    }
    return longest;
  }

  private static String fold(String text, int used) {
    if (used + text.length() <= LINE) {
      return text;
    }
    StringBuilder folded = new StringBuilder();
    int column = used;
    for (String word : text.split(" ", -1)) {
      if (!folded.isEmpty()) {
        boolean over = column + 1 + word.length() > LINE;
        folded.append(over ? "\r\n " : " ");
        column = over ? 1 : column + 1;
      }
      folded.append(word);
      column += word.length();
    }
    return folded.toString();
  }

  /** Each word holds whole characters (RFC 2047 §5). */
  private static String encodedWords(String text) {
    StringBuilder words = new StringBuilder();
    StringBuilder part = new StringBuilder();
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      int size = Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
      if (bytes + size > WORD_BYTES) {
        flush(words, part);
        bytes = 0;
      }
      part.appendCodePoint(character);
      bytes += size;
      i += Character.charCount(character);
    }
    flush(words, part);
    return words.toString();
  }

  private static void flush(StringBuilder words, StringBuilder part) {
    words
        .append(words.isEmpty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?")
        .append(
            Base64.getEncoder().encodeToString(part.toString().getBytes(StandardCharsets.UTF_8)))
        .append("?=");
    part.setLength(0);
  }
}
