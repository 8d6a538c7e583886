package dev.beckon.batch;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Checks what callers call their rows. A reference is stored and shown in clear, so it must not be
 * a way to a person: an order's number is one, a customer's telephone number is not.
 */
public final class CallerReference {
  /** The most characters of one. */
  public static final int LONGEST = 100;

  private static final Pattern ADDRESS = Pattern.compile("\\S@\\S");

  /** Numbers that begin as those for all the world do; others may be anything. */
  private static final Pattern NUMBER = Pattern.compile("(\\+|00)[1-9][0-9 ./()-]{6,}");

  /** Fewer digits than that are in too many numbers by chance. */
  private static final int SHORTEST_NUMBER = 6;

  private static final int HIDDEN =
      1 << Character.CONTROL
          | 1 << Character.FORMAT
          | 1 << Character.SURROGATE
          | 1 << Character.LINE_SEPARATOR
          | 1 << Character.PARAGRAPH_SEPARATOR;

  private CallerReference() {}

  /**
   * Why a row's reference cannot be taken.
   *
   * @param addresses what else the row has for addresses and numbers
   */
  public static Optional<RefusedRow> fault(
      int row, String reference, Collection<String> addresses) {
    if (reference.length() > LONGEST) {
      return fault(
          row,
          "reference-too-long",
          "is longer than " + LONGEST + " characters",
          "use a shorter name for the row");
    }
    if (reference.codePoints().anyMatch(CallerReference::isHidden)) {
      return fault(
          row,
          "reference-control",
          "holds a control character, a line break or another character that cannot be seen",
          "take it out");
    }
    if (ADDRESS.matcher(reference).find()
        || NUMBER.matcher(reference.strip()).matches()
        || addresses.stream().anyMatch(address -> isNumberIn(reference, address))) {
      return fault(
          row,
          "reference-personal",
          "looks like an e-mail address or a telephone number, and would be shown in clear",
          "use a name that leads to nobody, such as the order's number");
    }
    return Optional.empty();
  }

  private static Optional<RefusedRow> fault(int row, String code, String reason, String remedy) {
    return Optional.of(new RefusedRow(row, "reference", code, reason, remedy));
  }

  private static boolean isHidden(int c) {
    return (HIDDEN >> Character.getType(c) & 1) != 0;
  }

  /** Whether it is the row's own number, or the end of it without what leads to the country. */
  private static boolean isNumberIn(String reference, String address) {
    String digits = digits(reference).replaceFirst("^0+", "");
    return digits.length() >= SHORTEST_NUMBER
        && reference.codePoints().noneMatch(Character::isLetter)
        && digits(address).endsWith(digits);
  }

  private static String digits(String text) {
    return text.replaceAll("[^0-9]", "");
  }
}
