package dev.beckon.account;

import java.util.List;

/** An account document that cannot be worked with; its message holds every problem by path. */
public final class InvalidAccountException extends RuntimeException {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // List.copyOf is serialisable
  private final List<String> problems;

  public InvalidAccountException(List<String> problems) {
    super(
        "The account configuration has "
            + problems.size()
            + " problem(s):\n  - "
            + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  /** The problems, one each. */
  public List<String> problems() {
    return problems;
  }
}
