package dev.beckon.operations;

import dev.beckon.events.EventLog;
import dev.beckon.invitation.InvitationSearch;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.parcel.Nudger;
import dev.beckon.parcel.ParcelStore;
import dev.beckon.privacy.RecipientHasher;
import java.time.Clock;
import java.time.Duration;

/** What the room is built of; every part is thread-safe. */
public record Operations(
    InvitationSearch search,
    InvitationStore invitations,
    ParcelStore parcels,
    RecipientHasher hasher,
    Nudger nudger,
    EventLog events,
    Clock clock) {

  /** The same, each look for invitations given up after a time. */
  public Operations within(Duration most) {
    return new Operations(search.within(most), invitations, parcels, hasher, nudger, events, clock);
  }

  public Finder finder() {
    return new Finder(this);
  }

  public Redrive redrive() {
    return new Redrive(this);
  }
}
