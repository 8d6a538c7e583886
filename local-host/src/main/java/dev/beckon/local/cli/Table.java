package dev.beckon.local.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Columns in text, as wide as what stands in them. */
final class Table {
  private static final int WIDTH = 160;
  private final List<List<String>> lines = new ArrayList<>();

  Table(String... heads) {
    lines.add(List.of(heads));
  }

  void add(String... cells) {
    lines.add(List.of(cells));
  }

  /** Its lines, each ended and cut where a screen ends. */
  String cut() {
    return lines(WIDTH);
  }

  /** Its whole lines, each ended. */
  String text() {
    return lines(Integer.MAX_VALUE);
  }

  private String lines(int longest) {
    int columns = lines.getFirst().size();
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String cell = line.get(i);
        row.append(i == columns - 1 ? cell : cell + " ".repeat(widths[i] - cell.length() + 2));
      }
      String whole = row.toString().stripTrailing();
      text.append(whole.length() > longest ? whole.substring(0, longest - 1) + "…" : whole)
          .append('\n');
    }
    return text.toString();
  }

  /** A moment as a list shows it. */
  static String second(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
