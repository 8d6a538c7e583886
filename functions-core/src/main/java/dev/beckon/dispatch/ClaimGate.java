package dev.beckon.dispatch;

import dev.beckon.intake.SuppressedRecipients;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is looked at once more just before a claim: expiry and suppression. Thread-safe. */
final class ClaimGate {
  private final InvitationStore invitations;
  private final SuppressedRecipients suppressedRecipients;

  ClaimGate(InvitationStore invitations, SuppressedRecipients suppressedRecipients) {
    this.invitations = invitations;
    this.suppressedRecipients = suppressedRecipients;
  }

  /** Of the rows of one account, those that may go out; the others are moved to their state. */
  List<Invitation> pass(String account, List<Invitation> rows, Instant now) {
    Set<String> suppressed = suppressedRecipients.among(account, rows);
    List<Invitation> passed = new ArrayList<>(rows.size());
    List<String> expired = new ArrayList<>();
    List<String> unwanted = new ArrayList<>();
    for (Invitation row : rows) {
      if (!now.isBefore(row.expires())) {
        expired.add(row.id());
      } else if (suppressed.contains(row.id())) {
        unwanted.add(row.id());
      } else {
        passed.add(row);
      }
    }
    drop(expired, InvitationState.EXPIRED, "its time had passed", now);
    drop(unwanted, InvitationState.SUPPRESSED, "the recipient is on the suppression list", now);
    return passed;
  }

  /** Moves rows that cannot go out. */
  void drop(List<String> ids, InvitationState state, String why, Instant now) {
    if (!ids.isEmpty()) {
      invitations.move(ids, Cause.DROP, JournalEntry.of(now, state, why));
    }
  }
}
