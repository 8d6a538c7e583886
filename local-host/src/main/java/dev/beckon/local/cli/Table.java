package dev.beckon.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Columns in text, as wide as what stands in them; the last one is cut to fit the screen. */
final class Table {
  private static final int WIDTH = 160;
  private final List<List<String>> lines = new ArrayList<>();

  Table(String... heads) {
    lines.add(List.of(heads));
  }

  void add(String... cells) {
    lines.add(List.of(cells));
  }

  /** Its lines, each ended. */
  String text() {
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
      text.append(whole.length() > WIDTH ? whole.substring(0, WIDTH - 1) + "…" : whole)
          .append('\n');
    }
    return text.toString();
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
