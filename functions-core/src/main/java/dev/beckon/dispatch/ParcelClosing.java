package dev.beckon.dispatch;

import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.InvitationStore.Standing;
import dev.beckon.parcel.Nudger;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Decides whether a parcel is done, and when it is due again if it is not. Thread-safe. */
final class ParcelClosing {
  private final InvitationStore invitations;
  private final ParcelStore parcels;
  private final Nudger nudger;
  private final Clock clock;

  ParcelClosing(DispatchParts parts) {
    this.invitations = parts.invitations();
    this.parcels = parts.parcels();
    this.nudger = parts.nudger();
    this.clock = parts.clock();
  }

  /**
   * Done when every row is final; otherwise due again when its earliest row is.
   *
   * @param held until when rows by their ids wait at least, where they are due now or nearly so
   */
  void close(Parcel parcel, Map<String, Instant> held) {
    Instant now = clock.instant();
    Instant due = null;
    for (Map.Entry<String, Standing> entry : invitations.standings(parcel.ids()).entrySet()) {
      Standing row = entry.getValue();
      Instant heldUntil = held.get(entry.getKey());
      if (!parcel.finished(row)) {
        Instant until = row.sendUntil();
        Instant next =
            row.state() == InvitationState.SENDING && until != null ? until : row.notBefore();
        if (heldUntil != null && !next.isAfter(now.plus(RollingWindow.SHORT_RETRY))) {
          next = next.isAfter(heldUntil) ? next : heldUntil;
        }
        next = next.isBefore(now) ? now : next;
        due = due == null || next.isBefore(due) ? next : due;
      }
    }
    if (due == null) {
      parcels.done(parcel.id());
      nudger.nudgeNext(parcel);
      return;
    }
    parcels.defer(parcel.id(), due);
    if (!due.isAfter(now)) {
      nudger.nudge(List.of(parcel));
    }
  }
}
