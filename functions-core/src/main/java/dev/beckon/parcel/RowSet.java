package dev.beckon.parcel;

import dev.beckon.invitation.Invitation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of one batch, kept as ranges: {@code 1-57,59,61-2000}. Immutable.
 *
 * <p>Refused rows leave holes in a batch, and a redrive names scattered rows; ranges keep both
 * small.
 */
public final class RowSet {
  private final int[] rows;

  private RowSet(int[] rows) {
    this.rows = rows;
  }

  /** A set of these rows, in any order, repeats ignored. */
  public static RowSet of(List<Integer> rows) {
    return new RowSet(rows.stream().mapToInt(Integer::intValue).sorted().distinct().toArray());
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException when the text is something else
   */
  public static RowSet parse(String text) {
    List<Integer> rows = new ArrayList<>();
    if (text.isEmpty()) {
      return of(rows);
    }
    for (String range : text.split(",", -1)) {
      int dash = range.indexOf('-');
      int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
      int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
      for (int row = first; row <= last; row++) {
        rows.add(row);
      }
    }
    RowSet set = of(rows);
    if (!set.toString().equals(text)) {
      throw new IllegalArgumentException("not a set of rows: " + text);
    }
    return set;
  }

  public boolean contains(int row) {
    return Arrays.binarySearch(rows, row) >= 0;
  }

  public int size() {
    return rows.length;
  }

  /** The ids of the rows in a batch, in row order. */
  public List<String> ids(String batch) {
    List<String> ids = new ArrayList<>(rows.length);
    for (int row : rows) {
      ids.add(Invitation.id(batch, row));
    }
    return ids;
  }

  /** The rows as a list, in order. */
  public List<Integer> rows() {
    List<Integer> list = new ArrayList<>(rows.length);
    for (int row : rows) {
      list.add(row);
    }
    return list;
  }

  /** The first half (rounded down) and the rest, of a set of at least two rows. */
  public List<RowSet> halves() {
    if (rows.length < 2) {
      throw new IllegalStateException("one row has no halves");
    }
    List<Integer> all = rows();
    int middle = all.size() / 2;
    return List.of(of(all.subList(0, middle)), of(all.subList(middle, all.size())));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.length; ) {
      int end = i;
      while (end + 1 < rows.length && rows[end + 1] == rows[end] + 1) {
        end++;
      }
      text.append(text.isEmpty() ? "" : ",").append(rows[i]);
      if (end > i) {
        text.append('-').append(rows[end]);
      }
      i = end + 1;
    }
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowSet set && Arrays.equals(rows, set.rows);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(rows);
  }
}
