package dev.beckon.memory;

import dev.beckon.parcel.Lane;
import dev.beckon.parcel.Parcel;
import dev.beckon.parcel.ParcelStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Parcels in memory, for tests and samples. Thread-safe. */
public final class MemoryParcelStore implements ParcelStore {
  private final Map<String, Row> rows = new LinkedHashMap<>();

  @Override
  public synchronized Set<String> insert(List<Parcel> parcels) {
    Set<String> there = new HashSet<>();
    for (Parcel parcel : parcels) {
      if (rows.putIfAbsent(parcel.id(), new Row(parcel)) != null) {
        there.add(parcel.id());
      }
    }
    return there;
  }

  @Override
  public synchronized Map<String, Parcel> load(Collection<String> ids) {
    Map<String, Parcel> loaded = new HashMap<>();
    for (String id : ids) {
      Row row = rows.get(id);
      if (row != null) {
        loaded.put(id, row.parcel());
      }
    }
    return loaded;
  }

  @Override
  public synchronized void ready(Collection<String> ids, Instant due) {
    for (String id : ids) {
      Row row = in(id, Parcel.State.FILLING);
      if (row != null) {
        row.state = Parcel.State.READY;
        row.due = due;
      }
    }
  }

  @Override
  public synchronized void done(String id) {
    end(id, Parcel.State.DONE);
  }

  @Override
  public synchronized void done(Collection<String> ids) {
    ids.forEach(this::done);
  }

  @Override
  public synchronized void split(String id) {
    end(id, Parcel.State.SPLIT);
  }

  @Override
  public synchronized void defer(String id, Instant due) {
    Row row = in(id, Parcel.State.READY);
    if (row != null) {
      row.due = due;
    }
  }

  @Override
  public synchronized void nudged(Collection<String> ids, Instant at) {
    for (String id : ids) {
      Row row = rows.get(id);
      if (row != null) {
        row.nudgedAt = at;
      }
    }
  }

  @Override
  public synchronized List<Parcel> due(
      Instant now, Instant hintedBefore, Collection<Owner> without, int limit) {
    return unhinted(now, hintedBefore)
        .filter(parcel -> !without.contains(parcel.owner()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Parcel> dueOf(
      Owner owner, Instant now, Instant hintedBefore, int limit) {
    return unhinted(now, hintedBefore)
        .filter(parcel -> parcel.owner().equals(owner))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Optional<Instant> oldestDue(Instant now) {
    return rows.values().stream()
        .filter(row -> row.state == Parcel.State.READY && !row.suspect && !row.due.isAfter(now))
        .map(row -> row.due)
        .min(Comparator.naturalOrder());
  }

  private Stream<Parcel> unhinted(Instant now, Instant hintedBefore) {
    return rows.values().stream()
        .filter(row -> row.state == Parcel.State.READY && !row.due.isAfter(now))
        .filter(row ->
            row.nudgedAt == null
                || row.nudgedAt.isBefore(row.due)
                || row.nudgedAt.isBefore(hintedBefore))
        .map(Row::parcel)
        .sorted(Comparator.comparing(Parcel::due));
  }

  @Override
  public synchronized long hintedRows(Owner owner, Instant since) {
    return rows.values().stream()
        .filter(row -> row.state == Parcel.State.READY && row.born.owner().equals(owner))
        .filter(row ->
            row.nudgedAt != null
                && !row.nudgedAt.isBefore(since)
                && !row.nudgedAt.isBefore(row.due))
        .mapToLong(row -> row.born.rows().size())
        .sum();
  }

  @Override
  public synchronized List<Parcel> fresh(
      String account, String dispatch, Lane lane, Instant after, Instant until, int limit) {
    return rows.values().stream()
        .map(Row::parcel)
        .filter(parcel -> parcel.state() == Parcel.State.READY)
        .filter(parcel -> parcel.account().equals(account) && parcel.dispatch().equals(dispatch))
        .filter(parcel -> parcel.lane() == lane && !parcel.suspect() && parcel.redrive() == null)
        .filter(parcel -> parcel.due().isAfter(after) && !parcel.due().isAfter(until))
        .sorted(Comparator.comparing(Parcel::due))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Parcel> stale(Instant createdBefore, int limit) {
    return rows.values().stream()
        .map(Row::parcel)
        .filter(parcel -> parcel.state() == Parcel.State.FILLING)
        .filter(parcel -> parcel.createdAt().isBefore(createdBefore))
        .sorted(Comparator.comparing(Parcel::createdAt))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized void suspect(String id) {
    Row row = in(id, Parcel.State.READY);
    if (row != null && row.born.rows().size() == 1) {
      row.suspect = true;
      row.due = Instant.EPOCH;
    }
  }

  @Override
  public synchronized Trial tryOne(String id, Instant now, Instant until, int most) {
    Row row = rows.get(id);
    if (row == null) {
      return Trial.IN_HANDS;
    }
    if (row.busyUntil != null && !row.busyUntil.isBefore(now)) {
      return Trial.IN_HANDS;
    }
    if (row.tries >= most) {
      return Trial.HOPELESS;
    }
    row.tries++;
    row.busyUntil = until;
    return Trial.TAKEN;
  }

  @Override
  public synchronized void survived(String id) {
    Row row = rows.get(id);
    if (row != null) {
      row.tries = 0;
      row.busyUntil = null;
    }
  }

  @Override
  public synchronized List<Parcel> readyOf(String batch, String after, int limit) {
    return rows.values().stream()
        .map(Row::parcel)
        .filter(parcel -> parcel.state() == Parcel.State.READY && parcel.batch().equals(batch))
        .filter(parcel -> parcel.id().compareTo(after) > 0)
        .sorted(Comparator.comparing(Parcel::id))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Listed> list(Listing listing, String after, int limit) {
    return rows.values().stream()
        .filter(row -> listing.states().contains(row.state))
        .filter(row -> listing.batch() == null || row.born.batch().equals(listing.batch()))
        .filter(row -> row.suspect || !listing.suspect())
        .filter(row -> row.born.id().compareTo(after) > 0)
        .sorted(Comparator.comparing(row -> row.born.id()))
        .limit(limit)
        .map(Row::listed)
        .toList();
  }

  @Override
  public synchronized List<Parcel> deferred(
      String account, String dispatch, Instant notBefore, int limit) {
    return rows.values().stream()
        .map(Row::parcel)
        .filter(parcel -> parcel.state() == Parcel.State.READY)
        .filter(parcel -> parcel.account().equals(account) && parcel.dispatch().equals(dispatch))
        .filter(parcel -> !parcel.due().isBefore(notBefore))
        .sorted(Comparator.comparing(Parcel::due))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Listed> deadLettered(String account, String after, int limit) {
    return rows.values().stream()
        .filter(row -> row.born.account().equals(account) && row.born.id().compareTo(after) > 0)
        .filter(row ->
            row.state == Parcel.State.SPLIT || (row.suspect && row.state == Parcel.State.READY))
        .map(Row::listed)
        .sorted(Comparator.comparing(listed -> listed.parcel().id()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Listed> holding(String batch, int row) {
    return rows.values().stream()
        .filter(parcel -> parcel.born.batch().equals(batch))
        .filter(parcel -> parcel.born.rows().contains(row))
        .map(Row::listed)
        .sorted(Comparator.comparing(listed -> listed.parcel().createdAt()))
        .toList();
  }

  @Override
  public synchronized long open(String batch) {
    return rows.values().stream()
        .filter(row -> row.born.batch().equals(batch))
        .filter(row -> row.state == Parcel.State.FILLING || row.state == Parcel.State.READY)
        .count();
  }

  private void end(String id, Parcel.State state) {
    Row row = in(id, Parcel.State.READY);
    if (row != null) {
      row.state = state;
    }
  }

  private @Nullable Row in(String id, Parcel.State state) {
    Row row = rows.get(id);
    return row == null || row.state != state ? null : row;
  }

  /** What changes of a parcel; guarded by the store. */
  private static final class Row {
    final Parcel born;
    Parcel.State state;
    Instant due;
    boolean suspect;
    @Nullable Instant nudgedAt;
    int tries;
    @Nullable Instant busyUntil;

    Row(Parcel born) {
      this.born = born;
      this.state = born.state();
      this.due = born.due();
      this.suspect = born.suspect();
    }

    Listed listed() {
      return new Listed(parcel(), nudgedAt, tries);
    }

    Parcel parcel() {
      return new Parcel(
          born.id(),
          born.account(),
          born.dispatch(),
          born.batch(),
          born.lane(),
          born.rows(),
          state,
          born.createdAt(),
          due,
          born.redrive(),
          suspect);
    }
  }
}
