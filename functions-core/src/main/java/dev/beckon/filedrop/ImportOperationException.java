package dev.beckon.filedrop;

/** What was asked for cannot be done with this import: why, and what to do instead. */
public final class ImportOperationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ImportOperationException(String message) {
    super(message);
  }

  static ImportOperationException unknown(String id) {
    return new ImportOperationException(
        "there is no import " + id + "; ./beckon imports list shows them");
  }
}
