package dev.beckon.vendor;

import java.util.Locale;

/** What became of one message, in the words all vendors share; each code carries its verdict. */
public enum SendCode {
  /** The vendor took responsibility for the message. It says nothing about delivery. */
  ACCEPTED(Verdict.DONE),
  /** The vendor refused this recipient for good. */
  BAD_RECIPIENT(Verdict.DROP),
  /** The vendor refused this content for good, or we could not compose it. */
  BAD_CONTENT(Verdict.DROP),
  /** Credentials, sender or another of our settings was refused. */
  BAD_CONFIGURATION(Verdict.FIX_CONFIGURATION),
  /** The vendor asked us to slow down (HTTP 429, SMTP 421 or 450); costs no attempt. */
  THROTTLED(Verdict.RETRY),
  /** The vendor is not able to take messages now, and certainly did not take this one. */
  UNAVAILABLE(Verdict.RETRY),
  /** We decided not to start the request (deadline, time-out of the call); costs no attempt. */
  NOT_STARTED(Verdict.RETRY),
  /** The request was written and no answer came: the message may have been accepted. */
  NO_REPLY(Verdict.ASK_A_HUMAN),
  /** An answer came that does not say whether the message was accepted. */
  UNCLEAR_REPLY(Verdict.ASK_A_HUMAN);

  private final Verdict verdict;
  private final String word;

  SendCode(Verdict verdict) {
    this.verdict = verdict;
    this.word = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As journals name it, such as {@code bad-recipient}. */
  public String word() {
    return word;
  }

  public Verdict verdict() {
    return verdict;
  }

  /**
   * Whether the vendor or our account there, not the recipient or the content, is why the message
   * was certainly not accepted: another vendor account may take it. Being asked to slow down is no
   * such reason, and a message that may have been accepted never goes to another vendor.
   */
  public boolean yieldsToNext() {
    return switch (this) {
      case UNAVAILABLE, BAD_CONFIGURATION -> true;
      case ACCEPTED, BAD_RECIPIENT, BAD_CONTENT, THROTTLED, NOT_STARTED, NO_REPLY, UNCLEAR_REPLY ->
          false;
    };
  }

  /** Whether an outcome of this code gives the attempt back: the vendor never judged it. */
  public boolean returnsAttempt() {
    return this == THROTTLED || this == NOT_STARTED;
  }
}
