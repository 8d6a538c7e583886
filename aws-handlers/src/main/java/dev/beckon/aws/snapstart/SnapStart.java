package dev.beckon.aws.snapstart;

/** Whether Lambda takes a snapshot of this process when it has started. */
public final class SnapStart {
  private SnapStart() {}

  /**
   * Lambda's own variable, <a
   * href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">as
   * documented</a>: it is no setting of an installation.
   */
  public static boolean isAhead() {
    return "snap-start".equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE"));
  }
}
