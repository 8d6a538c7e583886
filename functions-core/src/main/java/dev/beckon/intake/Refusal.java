package dev.beckon.intake;

import java.util.Comparator;

/**
 * Why a row did not become an invitation.
 *
 * @param field the field at fault
 * @param code stable kebab-case word, for counting
 * @param message what is wrong and what to do; never repeats the value
 * @param value the value at fault, for the person who owns the file; never logged
 */
public record Refusal(int row, String field, String code, String message, String value) {

  public static final Comparator<Refusal> BY_ROW = Comparator.comparingInt(Refusal::row);

  /** Shows no personal value. */
  @Override
  public String toString() {
    return "Refusal[row " + row + ", " + field + ", " + code + "]";
  }
}
