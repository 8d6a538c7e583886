package dev.beckon.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Collects the problems of one source; not thread-safe, lives for one compilation. */
final class Problems {
  static final int MAX = 25;
  private static final int LONGEST = 400;

  /** Controls, signs that turn the direction of a line, and halves of a character. */
  private static final Pattern UNSHOWN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}]");

  private final String source;
  private final List<Problem> found = new ArrayList<>();

  Problems(String source) {
    this.source = source;
  }

  void add(int offset, String message) {
    if (full()) {
      return;
    }
    int line = 1;
    int lineStart = 0;
    int end = Math.min(offset, source.length());
    for (int i = 0; i < end; i++) {
      if (source.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    found.add(new Problem(line, end - lineStart + 1, shown(message)));
  }

  /** A message that quotes the source may be as long as it; what is wrong and the remedy remain. */
  private static String shown(String message) {
    String cut =
        message.length() <= LONGEST
            ? message
            : message.substring(0, LONGEST / 2)
                + " … "
                + message.substring(message.length() - LONGEST / 2);
    return UNSHOWN.matcher(cut).replaceAll("\ufffd");
  }

  boolean full() {
    return found.size() >= MAX;
  }

  void throwIfAny() throws TemplateException {
    if (!found.isEmpty()) {
      found.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
      throw new TemplateException(found);
    }
  }
}
