package dev.beckon.dispatch;

import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.parcel.Nudger;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore;
import dev.beckon.parcel.RowSet;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Parcels whose hint was delivered ten times without an orderly end: they crash or time out their
 * worker. They are halved until the row at fault is alone, and that row is tried carefully (DESIGN
 * §5, dead letters). Thread-safe.
 */
public final class DeadLetters {
  private final ParcelStore parcels;
  private final Nudger nudger;
  private final EventLog events;
  private final Clock clock;

  DeadLetters(DispatchParts parts) {
    this.parcels = parts.parcels();
    this.nudger = parts.nudger();
    this.events = parts.events();
    this.clock = parts.clock();
  }

  /** Takes a dead-lettered parcel. A repeat changes nothing. */
  public void take(String id) {
    Parcel parcel = parcels.load(List.of(id)).get(id);
    if (parcel == null || parcel.state() != Parcel.State.READY) {
      return;
    }
    Instant now = clock.instant();
    events.write(
        new Event(
            now,
            Event.Level.WARNING,
            "parcel-dead-lettered",
            "parcel-dead-lettered/" + id,
            parcel.account(),
            "parcel "
                + id
                + " with "
                + parcel.rows().size()
                + " rows kept failing its worker and is tried in smaller parts"));
    if (parcel.rows().size() == 1) {
      parcels.suspect(id);
      nudger.nudge(List.of(parcel));
      return;
    }
    List<Parcel> halves = new ArrayList<>();
    List<RowSet> rows = parcel.rows().halves();
    for (int i = 0; i < rows.size(); i++) {
      halves.add(half(parcel, "ab".substring(i, i + 1), rows.get(i), now));
    }
    parcels.insert(halves);
    parcels.split(id);
    nudger.nudge(halves);
  }

  private static Parcel half(Parcel parent, String suffix, RowSet rows, Instant now) {
    return new Parcel(
        parent.id() + suffix,
        parent.account(),
        parent.dispatch(),
        parent.batch(),
        parent.lane(),
        rows,
        Parcel.State.READY,
        now,
        now,
        parent.redrive(),
        false);
  }
}
