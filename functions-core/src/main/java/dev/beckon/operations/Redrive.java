package dev.beckon.operations;

import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.invitation.InvitationSearch;
import dev.beckon.invitation.InvitationSearch.Found;
import dev.beckon.parcel.Lane;
import dev.beckon.parcel.Nudger;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore;
import dev.beckon.parcel.RowSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends invitations again that ended without being sent (DESIGN §5, redrive). It only files
 * parcels, one write each, and hints at them; their workers reopen the rows. A run that is cut off
 * leaves a smaller redrive that is complete in itself; run again, it takes the rest. Thread-safe.
 */
public final class Redrive {
  private final InvitationSearch search;
  private final ParcelStore parcels;
  private final Nudger nudger;
  private final EventLog events;
  private final Clock clock;

  Redrive(Operations parts) {
    this.search = parts.search();
    this.parcels = parts.parcels();
    this.nudger = parts.nudger();
    this.events = parts.events();
    this.clock = parts.clock();
  }

  /** What {@link #file} would do now; changes nothing. */
  public RedrivePlan plan(RedriveOrder order) {
    return plan(order, Stretch.WHOLE);
  }

  /** What {@link #file} of a stretch would do now; changes nothing. */
  public RedrivePlan plan(RedriveOrder order, Stretch stretch) {
    return walk(order, stretch, 0, clock.instant(), filed -> {});
  }

  /** {@link #file(RedriveOrder, Stretch, RedrivePlan, String)} of all there is. */
  public RedrivePlan file(RedriveOrder order, RedrivePlan expected, String who) {
    return file(order, Stretch.WHOLE, expected, who);
  }

  /**
   * Files the parcels.
   *
   * @param who asked for it, as an operator is known; noted in the event
   * @param expected what {@link #plan} came to, for the event
   * @return what was filed
   */
  public RedrivePlan file(RedriveOrder order, Stretch stretch, RedrivePlan expected, String who) {
    Instant now = clock.instant();
    long number = now.toEpochMilli();
    if (expected.rows() > 0) {
      // Before the first parcel: a run that is cut off has still told who wanted what.
      events.write(event(order, expected, who, number, now));
    }
    return walk(
        order,
        stretch,
        number,
        now,
        filed -> {
          parcels.insert(filed);
          nudger.nudge(filed);
        });
  }

  private interface Filing {
    void file(List<Parcel> parcels);
  }

  /** Reads what is to be redriven page by page, in the order of the ids. */
  private RedrivePlan walk(
      RedriveOrder order, Stretch stretch, long number, Instant now, Filing filing) {
    RedriveTally tally = new RedriveTally();
    Instant end = now.plus(stretch.time());
    String after = stretch.after();
    long looked = 0;
    while (true) {
      if (looked > 0 && (looked >= stretch.rows() || !clock.instant().isBefore(end))) {
        return tally.plan(number, after);
      }
      int some = (int) Math.min(Parcel.MOST_ROWS, stretch.rows() - looked);
      List<Found> page = search.page(order.search(), after, some);
      if (page.isEmpty()) {
        return tally.plan(number, null);
      }
      looked += page.size();
      after = page.getLast().id();
      List<Found> rows =
          page.stream()
              .filter(row -> order.expires() != null || now.isBefore(row.expires()))
              .toList();
      tally.pastExpiry((long) page.size() - rows.size());
      List<Parcel> filed = new ArrayList<>();
      for (List<Found> together : byBatch(rows)) {
        tally.parcel(together);
        filed.add(parcel(together, order, number, now));
      }
      if (!filed.isEmpty()) {
        filing.file(filed);
      }
    }
  }

  private static Collection<List<Found>> byBatch(List<Found> rows) {
    Map<String, List<Found>> batches = new LinkedHashMap<>();
    rows.forEach(row -> batches.computeIfAbsent(row.batch(), any -> new ArrayList<>()).add(row));
    return batches.values();
  }

  private static Parcel parcel(List<Found> rows, RedriveOrder order, long number, Instant now) {
    Found first = rows.getFirst();
    // A clock of another machine may have given a higher number already: it must rise for the row.
    long rising = number;
    for (Found row : rows) {
      rising = Math.max(rising, row.redriven() + 1);
    }
    @Nullable Duration expires = order.expires();
    return new Parcel(
            first.batch() + ".r" + number,
            first.account(),
            first.dispatch(),
            first.batch(),
            Lane.BULK,
            RowSet.of(rows.stream().map(Found::row).toList()),
            Parcel.State.READY,
            now,
            now,
            new Parcel.Redrive(
                rising, order.search().states(), null, expires == null ? null : now.plus(expires)),
            false)
        .namedByRows();
  }

  private static Event event(
      RedriveOrder order, RedrivePlan expected, String who, long number, Instant now) {
    String account = order.search().account();
    return new Event(
        now,
        Event.Level.INFORMATION,
        "redrive-filed",
        "redrive-filed/" + number + "/" + who,
        account == null ? "" : account,
        who
            + " redrives "
            + expected.rows()
            + " invitations as r"
            + number
            + (order.expires() == null ? "" : ", to go out within " + order.expires())
            + ": "
            + order.search());
  }
}
