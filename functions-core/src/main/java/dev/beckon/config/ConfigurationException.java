package dev.beckon.config;

import java.util.List;

/** Configuration that cannot be worked with; its message holds every problem, one a line. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // List.copyOf is serialisable
  private final List<String> problems;

  public ConfigurationException(List<String> problems) {
    super(
        "Configuration has "
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
