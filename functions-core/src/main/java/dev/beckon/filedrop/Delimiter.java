package dev.beckon.filedrop;

import java.util.Locale;

/**
 * The character between the cells of a file, and where the table begins.
 *
 * @param separator comma, semicolon, TAB or bar; what Excel's {@code sep=} line names, if any
 * @param skipped characters of that line, its line end included; 0 when there is none
 */
record Delimiter(char separator, int skipped) {
  private static final char[] CANDIDATES = {',', ';', '\t', '|'};

  /** Records looked at besides the header, to tell two candidates apart. */
  private static final int SAMPLE = 10;

  /**
   * The candidate that gives most of the first records as many cells as the header, and the header
   * most cells; a comma when there is none at all.
   *
   * @param start the beginning of the text
   * @param fileName tells a TSV by its ending
   */
  static Delimiter of(CharSequence start, String fileName) {
    int end = lineEnd(start);
    int separator = separatorLine(start.subSequence(0, end));
    if (separator >= 0) {
      int skipped = end;
      if (skipped < start.length() && start.charAt(skipped++) == '\r') {
        skipped += skipped < start.length() && start.charAt(skipped) == '\n' ? 1 : 0;
      }
      return new Delimiter((char) separator, skipped);
    }
    String name = fileName.toLowerCase(Locale.ROOT);
    if (name.endsWith(".tsv") || name.endsWith(".tab")) {
      return new Delimiter('\t', 0);
    }
    char best = ',';
    int bestScore = 0;
    for (char candidate : CANDIDATES) {
      int score = score(start, candidate);
      if (score > bestScore) {
        best = candidate;
        bestScore = score;
      }
    }
    return new Delimiter(best, 0);
  }

  private static int score(CharSequence start, char candidate) {
    int inHeader = 0;
    int here = 0;
    int records = 0;
    int alike = 0;
    boolean quoted = false;
    boolean content = false;
    for (int i = 0; i < start.length() && records <= SAMPLE; i++) {
      char c = start.charAt(i);
      if (c == '"') {
        quoted = !quoted;
        content = true;
      } else if (!quoted && (c == '\n' || c == '\r')) {
        if (content) {
          inHeader = records == 0 ? here : inHeader;
          alike += records > 0 && here == inHeader ? 1 : 0;
          records++;
        }
        content = false;
        here = 0;
      } else {
        content = true;
        here += !quoted && c == candidate ? 1 : 0;
      }
    }
    if (records == 0) {
      inHeader = here;
    }
    return inHeader == 0 ? 0 : (alike * RecordScanner.PEEK) + inHeader;
  }

  private static int lineEnd(CharSequence start) {
    int end = 0;
    while (end < start.length() && start.charAt(end) != '\n' && start.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  /** The character of a line {@code sep=;}, which Excel reads and writes; -1 for any other line. */
  private static int separatorLine(CharSequence firstLine) {
    String line = firstLine.length() > 8 ? "" : firstLine.toString();
    if (line.length() > 2 && line.startsWith("\"") && line.endsWith("\"")) {
      line = line.substring(1, line.length() - 1);
    }
    if (line.length() != 5 || !line.regionMatches(true, 0, "sep=", 0, 4)) {
      return -1;
    }
    char separator = line.charAt(4);
    return separator == '"' || Character.isLetterOrDigit(separator) ? -1 : separator;
  }
}
