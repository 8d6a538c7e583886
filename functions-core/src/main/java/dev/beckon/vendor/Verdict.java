package dev.beckon.vendor;

/** What a send outcome asks of the sender. */
public enum Verdict {
  /** The vendor accepted the message. */
  DONE,
  /** This message will never be accepted: recipient or content. */
  DROP,
  /** Nothing was accepted; the same message may go out later. */
  RETRY,
  /** Nothing will be accepted until somebody mends our configuration. */
  FIX_CONFIGURATION,
  /** The vendor may have accepted it: only evidence or a person can tell. */
  ASK_A_HUMAN
}
