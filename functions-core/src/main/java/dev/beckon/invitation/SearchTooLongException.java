package dev.beckon.invitation;

/** A search that was given up because it took longer than it may. */
public final class SearchTooLongException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SearchTooLongException() {
    super("the search took longer than it may: narrow it to a batch, a dispatch or a recipient");
  }
}
