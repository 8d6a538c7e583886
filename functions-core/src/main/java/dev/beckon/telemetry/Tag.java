package dev.beckon.telemetry;

/**
 * What log lines, metrics and spans may say of the work they belong to. All are names and numbers
 * of ours: nothing here can hold a recipient, a token or a secret.
 */
public enum Tag {
  ACCOUNT("account"),
  DISPATCH("dispatch"),
  BATCH("batch"),
  PARCEL("parcel"),
  IMPORT("import"),
  CHUNK("chunk"),
  /** The vendor's name in the catalogue. */
  VENDOR("vendor"),
  VENDOR_ACCOUNT("vendorAccount"),
  LANE("lane"),
  FUNCTION("function"),
  REQUEST_ID("requestId"),
  TRACE_ID("traceId"),
  ROWS("rows"),
  STATUS("status");

  private final String label;

  Tag(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
