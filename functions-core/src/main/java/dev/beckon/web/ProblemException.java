package dev.beckon.web;

/** A request that is answered with a {@link Problem}. */
public final class ProblemException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.code() + ": " + problem.detail());
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
