package dev.beckon.dispatch;

import dev.beckon.intake.Suppressions;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.parcel.BatchGates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is looked at once more just before a claim: expiry and suppression. Thread-safe. */
final class ClaimGate {
  private final InvitationStore invitations;
  private final Suppressions suppressions;
  private final BatchGates batches;

  ClaimGate(InvitationStore invitations, Suppressions suppressions, BatchGates batches) {
    this.invitations = invitations;
    this.suppressions = suppressions;
    this.batches = batches;
  }

  /** What is stored of these batches; the others are live. */
  Map<String, BatchGates.State> batches(Collection<String> ids) {
    return batches.among(new HashSet<>(ids));
  }

  /** Of the rows of one account, those that may go out; the others are moved to their state. */
  List<Invitation> pass(String account, List<Invitation> rows, Instant now) {
    Set<String> suppressed =
        suppressions.among(account, rows.stream().map(Invitation::hash).toList());
    List<Invitation> passed = new ArrayList<>(rows.size());
    List<String> expired = new ArrayList<>();
    List<String> unwanted = new ArrayList<>();
    for (Invitation row : rows) {
      if (!now.isBefore(row.expires())) {
        expired.add(row.id());
      } else if (suppressed.contains(row.hash())) {
        unwanted.add(row.id());
      } else {
        passed.add(row);
      }
    }
    drop(expired, InvitationState.EXPIRED, "its time had passed", now);
    drop(unwanted, InvitationState.SUPPRESSED, "the recipient is on the suppression list", now);
    return passed;
  }

  /** Moves rows of a cancelled batch. */
  void cancel(List<String> ids, Instant now) {
    drop(ids, InvitationState.CANCELLED, "its import was cancelled", now);
  }

  /** Moves rows that cannot go out. */
  void drop(List<String> ids, InvitationState state, String why, Instant now) {
    if (!ids.isEmpty()) {
      invitations.move(ids, Cause.DROP, JournalEntry.of(now, state, why));
    }
  }
}
