package dev.beckon.template;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the problems of one source; not thread-safe, lives for one compilation. */
final class Problems {
  static final int MAX = 25;

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
    found.add(new Problem(line, end - lineStart + 1, message));
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
