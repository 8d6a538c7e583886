package dev.beckon.local.servers;

/** What a {@link FaultyVendor} does with a request, and whether it keeps the messages. */
public enum VendorFault {
  /** 200 with the count: no fault at all. */
  NONE(true),
  /** 429 with {@code Retry-After: 1}. */
  THROTTLE(false),
  /** 429 that says nothing more. */
  THROTTLE_SILENT(false),
  /** 503. */
  UNAVAILABLE(false),
  /** 400. */
  REFUSE(false),
  /** 502, though the server behind the gateway took it. */
  GATEWAY_TAKEN(true),
  /** 504, and nothing behind the gateway took it. */
  GATEWAY_LOST(false),
  /** 200 with a body that means nothing, though it was taken. */
  GARBAGE_TAKEN(true),
  /** 200 with a body that means nothing. */
  GARBAGE_LOST(false),
  /** Reads the request, takes it and never answers. */
  HANG_TAKEN(true),
  /** Reads the request and never answers. */
  HANG_LOST(false),
  /** Resets the connection before the request is read whole. */
  RESET_BEFORE(false),
  /** Reads the request, takes it and resets the connection. */
  RESET_TAKEN(true),
  /** Reads the request and resets the connection. */
  RESET_LOST(false);

  private final boolean takes;

  VendorFault(boolean takes) {
    this.takes = takes;
  }

  /** Whether the message counts as accepted. */
  public boolean takes() {
    return takes;
  }
}
