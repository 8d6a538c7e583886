package dev.beckon.invitation;

import java.time.Instant;

/**
 * One line of an invitation's history: written in the same write as the transition it tells of.
 *
 * @param vendor the vendor account concerned; empty when none was
 * @param note code and reason in words, free of addresses; empty when there is nothing to add
 */
public record JournalEntry(Instant at, InvitationState state, String vendor, String note) {

  /** How many entries an invitation keeps; the oldest go first. */
  public static final int LIMIT = 64;

  /** The same cause for a row of which an earlier request may have been accepted. */
  public JournalEntry inDoubt() {
    return new JournalEntry(
        at,
        InvitationState.IN_DOUBT,
        vendor,
        note + "; an earlier request may have been accepted, or it would be " + state);
  }

  /** The recipient's first answer, which changes no state. */
  public static JournalEntry answered(Instant at, InvitationState state) {
    return of(at, state, "answered");
  }

  public static JournalEntry of(Instant at, InvitationState state, String note) {
    return new JournalEntry(at, state, "", note);
  }
}
