package dev.beckon.filedrop;

import dev.beckon.intake.Refusal;
import java.util.List;
import java.util.Map;

/**
 * What a check found. Holds the personal values of the rows in {@code samples}.
 *
 * @param columns header → what it is used for, in file order
 * @param refused refusal code → rows
 * @param refusals the first refusals, without the values at fault
 * @param stored the state the rows would begin in → rows
 * @param samples rows as their recipients would read them
 * @param remarks what the figures do not cover
 */
record CheckReport(
    Import checked,
    String dispatch,
    List<Column> columns,
    long rows,
    Map<String, Integer> refused,
    List<Refusal> refusals,
    Map<String, Integer> stored,
    List<Sample> samples,
    List<String> remarks) {

  /** One column of the file. */
  record Column(String header, String use) {}

  /** One rendered row. */
  record Sample(int row, String channel, String language, String subject, String text) {

    /** Shows no personal value. */
    @Override
    public String toString() {
      return "Sample[" + row + "]";
    }
  }

  long refusedRows() {
    return refused.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** For a terminal. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("file       ").append(checked.fileName()).append('\n');
    text.append("dispatch   ").append(dispatch).append('\n');
    text.append("rows       ").append(rows).append('\n');
    text.append("refused    ").append(refusedRows()).append(sorted(refused)).append('\n');
    stored.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry ->
            text.append("would be   ")
                .append(entry.getKey())
                .append(' ')
                .append(entry.getValue())
                .append('\n'));
    remarks.forEach(remark -> text.append("note       ").append(remark).append('\n'));
    text.append("\ncolumns\n");
    columns.forEach(column ->
        text.append("  ").append(column.header()).append(" → ").append(column.use()).append('\n'));
    if (!refusals.isEmpty()) {
      text.append("\nfirst refusals\n");
      refusals.forEach(refusal ->
          text.append("  row ")
              .append(refusal.row())
              .append(", ")
              .append(refusal.field())
              .append(": ")
              .append(refusal.message())
              .append('\n'));
    }
    samples.forEach(sample -> {
      text.append("\nrow ").append(sample.row()).append(" (").append(sample.channel());
      text.append(", ").append(sample.language()).append(")\n");
      if (!sample.subject().isEmpty()) {
        text.append("  ").append(sample.subject()).append("\n\n");
      }
      text.append(sample.text().indent(2));
    });
    return text.toString();
  }

  private static String sorted(Map<String, Integer> figures) {
    StringBuilder text = new StringBuilder();
    figures.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry ->
            text.append(text.isEmpty() ? ": " : ", ")
                .append(entry.getKey())
                .append(' ')
                .append(entry.getValue()));
    return text.toString();
  }
}
