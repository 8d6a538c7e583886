package dev.beckon.dispatch;

import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.InvitationStore.Standing;
import dev.beckon.parcel.Nudger;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
   * Closes those whose rows are all final, in one write.
   *
   * @return the others
   */
  List<Parcel> closeFinished(List<Parcel> all) {
    if (all.isEmpty()) {
      return all;
    }
    Map<String, Standing> standings = new HashMap<>();
    mayBeOpen(all).forEach(row -> standings.put(row.id(), row));
    List<Parcel> open = new ArrayList<>();
    List<String> done = new ArrayList<>();
    for (Parcel parcel : all) {
      boolean finished =
          parcel.ids().stream()
              .map(standings::get)
              .filter(Objects::nonNull)
              .allMatch(parcel::finished);
      if (finished) {
        done.add(parcel.id());
      } else {
        open.add(parcel);
      }
    }
    if (!done.isEmpty()) {
      parcels.done(done);
    }
    return open;
  }

  /**
   * Done when every row is final; otherwise due again when its earliest row is.
   *
   * @param held until when rows by their ids wait at least, where they are due now or nearly so
   */
  void close(Parcel parcel, Map<String, Instant> held) {
    Instant now = clock.instant();
    Instant due = null;
    for (Standing row : mayBeOpen(List.of(parcel))) {
      Instant heldUntil = held.get(row.id());
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

  /** The rows that may need something more; a redrive parcel may have to reopen final ones. */
  private Collection<Standing> mayBeOpen(List<Parcel> some) {
    List<String> ids = some.stream().flatMap(parcel -> parcel.ids().stream()).toList();
    return some.stream().allMatch(parcel -> parcel.redrive() == null)
        ? invitations.unfinished(ids)
        : invitations.standings(ids).values();
  }
}
