package dev.beckon.template;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A template or link that cannot be compiled, with all its problems in the order they appear (the
 * compiler gives up after {@value Problems#MAX}).
 */
public final class TemplateException extends Exception {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // List.copyOf is serialisable, and so is nothing we do with it
  private final List<Problem> problems;

  TemplateException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Returns every problem found, at least one. */
  public List<Problem> problems() {
    return problems;
  }
}
