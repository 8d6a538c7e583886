package dev.beckon.account;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An account document that cannot be worked with; its message holds every problem by path. Of a
 * document that is nothing but problems the first hundred are named, and long ones are cut.
 */
public final class InvalidAccountException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int MOST = 100;
  private static final int LONGEST = 1_000;

  /** Controls, signs that turn the direction of a line, and halves of a character. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}]");

  @SuppressWarnings("serial") // List.copyOf is serialisable
  private final List<String> problems;

  public InvalidAccountException(List<String> problems) {
    super(
        "The account configuration has "
            + problems.size()
            + " problem(s):\n  - "
            + String.join("\n  - ", shown(problems)));
    this.problems = shown(problems);
  }

  /** Whose it is, is not told: accounts know nothing of each other. */
  public static InvalidAccountException takenFeed(String feed) {
    return new InvalidAccountException(
        List.of("feeds." + feed + ": another account has a feed of this name; choose another"));
  }

  private static List<String> shown(List<String> problems) {
    List<String> shown = new ArrayList<>();
    problems.stream().limit(MOST).map(InvalidAccountException::line).forEach(shown::add);
    if (problems.size() > MOST) {
      shown.add("the document: " + (problems.size() - MOST) + " more problems; mend these first");
    }
    return List.copyOf(shown);
  }

  /** One line; cut in its middle, because its path stands first and the remedy last. */
  private static String line(String problem) {
    String cut =
        problem.length() <= LONGEST
            ? problem
            : problem.substring(0, LONGEST / 2)
                + " … "
                + problem.substring(problem.length() - LONGEST / 2);
    return CONTROL.matcher(cut).replaceAll("\ufffd");
  }

  /** The problems, one each. */
  public List<String> problems() {
    return problems;
  }
}
