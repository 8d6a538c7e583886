package dev.beckon.intake;

import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.parcel.Nudger;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore;
import dev.beckon.parcel.RowSet;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The parcels of an intake: stored before their rows, released after them. Thread-safe. */
final class Outbox {
  private final ParcelStore parcels;
  private final Nudger nudger;
  private final Clock clock;

  Outbox(ParcelStore parcels, Nudger nudger, Clock clock) {
    this.parcels = parcels;
    this.nudger = nudger;
    this.clock = clock;
  }

  private List<Parcel> drafts(IntakeRequest request, List<Invitation> rows) {
    List<Parcel> filled = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += Parcel.MOST_ROWS) {
      List<Invitation> some = rows.subList(from, Math.min(from + Parcel.MOST_ROWS, rows.size()));
      filled.add(
          new Parcel(
              request.batch() + "." + request.part() + "." + from / Parcel.MOST_ROWS,
              request.account().id(),
              request.dispatch().id(),
              request.batch(),
              request.lane(),
              RowSet.of(some.stream().map(Invitation::row).toList()),
              Parcel.State.FILLING,
              clock.instant(),
              request.notBefore(),
              null,
              false));
    }
    return filled;
  }

  /**
   * Stores parcels, each under a name of its own rows: where an earlier run stored one of the same
   * name with other rows (the configuration was changed in between), this run's gets another name.
   * Otherwise a row that only this run accepts would be in no parcel. The earlier one is left to
   * Sweep; a row in two parcels is claimed once.
   */
  List<Parcel> store(IntakeRequest request, List<Invitation> rows) {
    List<Parcel> filled = drafts(request, rows);
    Set<String> known = parcels.insert(filled);
    if (known.isEmpty()) {
      return filled;
    }
    Map<String, Parcel> stored = parcels.load(known);
    List<Parcel> ours = new ArrayList<>(filled.size());
    for (Parcel parcel : filled) {
      Parcel there = stored.get(parcel.id());
      ours.add(there == null || there.rows().equals(parcel.rows()) ? parcel : parcel.namedByRows());
    }
    parcels.insert(ours);
    return ours;
  }

  /** Parcels become due with the earliest of their rows; only those that are due now are hinted. */
  void release(List<Parcel> filled, List<Invitation> rows) {
    Instant now = clock.instant();
    List<Invitation> open =
        rows.stream().filter(row -> row.state() == InvitationState.ACCEPTED).toList();
    Map<Instant, List<Parcel>> byDue = new TreeMap<>();
    for (Parcel parcel : filled) {
      byDue.computeIfAbsent(due(parcel, open, now), any -> new ArrayList<>()).add(parcel);
    }
    byDue.forEach((due, some) -> {
      parcels.ready(some.stream().map(Parcel::id).toList(), due);
      if (!due.isAfter(now)) {
        nudger.nudge(some);
      }
    });
  }

  private static Instant due(Parcel parcel, List<Invitation> open, Instant now) {
    Instant earliest =
        open.stream()
            .filter(row -> parcel.rows().contains(row.row()))
            .map(Invitation::notBefore)
            .min(Instant::compareTo)
            .orElse(now);
    return earliest.isBefore(now) ? now : earliest;
  }
}
