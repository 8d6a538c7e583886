package dev.beckon.filedrop;

/** What makes a file as a whole unusable: what, where and what to do, in words for its owner. */
public final class FileProblem extends Exception {
  private static final long serialVersionUID = 1;

  public FileProblem(String message) {
    super(message);
  }
}
