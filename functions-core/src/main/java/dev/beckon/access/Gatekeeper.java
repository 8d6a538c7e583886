package dev.beckon.access;

/** Tells who makes a request and whether they may make one now. Thread-safe. */
public interface Gatekeeper {

  /** What a request's credentials came to. */
  sealed interface Admission {
    /** Proved; whether it is within its limit is in the allowance. */
    record Known(Caller caller, Allowance allowance) implements Admission {}

    /**
     * Not proved.
     *
     * @param detail what helps; tells nothing of any key
     * @param retryAfterSeconds 0, or how long this source has to wait after too many wrong ones
     */
    record Refused(String detail, int retryAfterSeconds) implements Admission {}
  }

  /**
   * @param authorization value of the header {@code Authorization}; empty when there was none
   * @param source the address of the sender as the host saw it, empty when it does not know
   */
  Admission admit(String authorization, String source);
}
