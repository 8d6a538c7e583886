package dev.beckon.batch;

import java.util.Comparator;

/**
 * Why one row of a request did not become an invitation.
 *
 * @param row its position in the request, from 0
 * @param field where in the row, such as {@code recipients.email}; empty for the row itself
 * @param code stable kebab-case word
 * @param reason what is wrong; never repeats what was sent
 * @param remedy what helps
 */
public record RefusedRow(int row, String field, String code, String reason, String remedy) {
  public static final Comparator<RefusedRow> BY_ROW = Comparator.comparingInt(RefusedRow::row);

  /** The same of another row. */
  RefusedRow at(int other) {
    return new RefusedRow(other, field, code, reason, remedy);
  }
}
