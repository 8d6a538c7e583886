package dev.beckon.operations;

import dev.beckon.events.EventLog;
import dev.beckon.invitation.InvitationSearch;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.parcel.Nudger;
import dev.beckon.parcel.ParcelStore;
import dev.beckon.privacy.RecipientHasher;
import java.time.Clock;

/** What the room is built of; every part is thread-safe. */
public record Operations(
    InvitationSearch search,
    InvitationStore invitations,
    ParcelStore parcels,
    RecipientHasher hasher,
    Nudger nudger,
    EventLog events,
    Clock clock) {

  public Finder finder() {
    return new Finder(this);
  }

  public Redrive redrive() {
    return new Redrive(this);
  }
}
