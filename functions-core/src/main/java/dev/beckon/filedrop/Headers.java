package dev.beckon.filedrop;

import dev.beckon.privacy.Scrubber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for column names, the same for every format that has a header row. */
final class Headers {
  private static final Pattern MAILBOX = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");
  private static final Pattern PHONE = Pattern.compile("\\+?[(]?\\d(?:[ ./()-]{0,2}\\d){6,}");
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(?:[.,]\\d+)*(?:[eE][+-]?\\d+)?");

  /** Longer cells are no column names, and no mail addresses either. */
  private static final int LONGEST = 200;

  private static final int NAMED = 5;

  private Headers() {}

  /**
   * The names as the rest of the program uses them: trimmed, without the nameless columns that
   * spreadsheet programs leave at the end.
   *
   * @param row the number of the header row, for the messages
   * @throws FileProblem when the row is data, or a name is missing or there twice (ignoring case)
   */
  static List<String> checked(List<String> cells, long row) throws FileProblem {
    if (cells.size() > RowReader.MAX_COLUMNS) {
      throw new FileProblem(
          "row "
              + row
              + " has more than "
              + RowReader.MAX_COLUMNS
              + " columns: check the delimiter, or leave out what the survey does not need");
    }
    List<String> names = new ArrayList<>();
    for (String cell : cells) {
      names.add(trimmed(cell));
    }
    while (!names.isEmpty() && names.getLast().isEmpty()) {
      names.removeLast();
    }
    refuseData(names, row);
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).isEmpty()) {
        throw new FileProblem(
            "column " + (i + 1) + " has no name in row " + row + ": name it or remove it");
      }
    }
    refuseDuplicates(names, row);
    return List.copyOf(names);
  }

  /**
   * Whether a first row is a recipient rather than column names: a cell that is an e-mail address
   * or a telephone number, or numbers in more than half of the cells.
   */
  static boolean looksLikeData(List<String> header) {
    return sign(header) != null;
  }

  private static void refuseData(List<String> names, long row) throws FileProblem {
    String sign = sign(names);
    if (sign != null) {
      throw new FileProblem(
          "row "
              + row
              + " looks like data, not like a header: "
              + sign
              + "; put a row with the names of the columns before it");
    }
  }

  private static @Nullable String sign(List<String> cells) {
    int filled = 0;
    int numbers = 0;
    for (int i = 0; i < cells.size(); i++) {
      String cell = trimmed(cells.get(i));
      if (cell.isEmpty()) {
        continue;
      }
      filled++;
      if (cell.length() > LONGEST) {
        continue;
      }
      if (MAILBOX.matcher(cell).matches()) {
        return "column " + (i + 1) + " holds an e-mail address";
      }
      if (PHONE.matcher(cell).matches()) {
        return "column " + (i + 1) + " holds a telephone number";
      }
      numbers += NUMBER.matcher(cell).matches() ? 1 : 0;
    }
    return numbers * 2 > filled ? numbers + " of its cells are numbers" : null;
  }

  private static void refuseDuplicates(List<String> names, long row) throws FileProblem {
    Map<String, Integer> first = new HashMap<>();
    Set<String> twice = new LinkedHashSet<>();
    for (int i = 0; i < names.size(); i++) {
      Integer earlier = first.putIfAbsent(names.get(i).toLowerCase(Locale.ROOT), i + 1);
      if (earlier != null && twice.size() < NAMED) {
        twice.add("\"" + shown(names.get(i)) + "\" (columns " + earlier + " and " + (i + 1) + ")");
      }
    }
    if (!twice.isEmpty()) {
      throw new FileProblem(
          "row "
              + row
              + " names columns twice: "
              + String.join(", ", twice)
              + ": rename or remove one of each");
    }
  }

  /** A name for a message; in a broken header anything may stand in its place. */
  private static String shown(String name) {
    String clean = Scrubber.scrub(name);
    return clean.length() > 40 ? clean.substring(0, 40) + "…" : clean;
  }

  /** Without blanks at both ends, those included that nobody sees. */
  private static String trimmed(String cell) {
    int from = 0;
    int to = cell.length();
    while (from < to && blank(cell.charAt(from))) {
      from++;
    }
    while (from < to && blank(cell.charAt(to - 1))) {
      to--;
    }
    return cell.substring(from, to);
  }

  private static boolean blank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF' || c == '\u200B';
  }
}
