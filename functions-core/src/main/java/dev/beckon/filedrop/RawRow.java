package dev.beckon.filedrop;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file, not named yet.
 *
 * @param number as a spreadsheet numbers it: the header is row 1, empty lines count, and a cell
 *     with line breaks in it makes no further rows
 * @param cells as many as the header has names, unless there is a problem; none then
 * @param problem why this row alone must be refused, with the remedy; null when it is sound
 */
public record RawRow(long number, List<String> cells, @Nullable String problem) {
  public RawRow {
    cells = List.copyOf(cells);
  }

  /** Shows no personal value. */
  @Override
  public String toString() {
    return "RawRow[" + number + "]";
  }
}
