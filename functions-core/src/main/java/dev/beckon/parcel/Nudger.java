package dev.beckon.parcel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts hints of due parcels on the queue of their lane. A hint that is lost is repeated by Sweep,
 * so a queue that refuses one is no error. Thread-safe.
 */
public final class Nudger {
  /** A hint older than this is taken as lost. */
  static final Duration HINT_LIFE = Duration.ofMinutes(30);

  /** A parcel that is due within this may begin at once when there is room for it. */
  private static final Duration SOON = Duration.ofSeconds(30);

  /** One for the place that became free, and one more where there is room. */
  private static final int NEXT = 2;

  private static final int PAGE = 500;

  private final ParcelStore parcels;
  private final Map<Lane, WorkQueue> queues;
  private final Admission admission;
  private final Clock clock;

  public Nudger(
      ParcelStore parcels, Map<Lane, WorkQueue> queues, Admission admission, Clock clock) {
    this.parcels = parcels;
    this.queues = Map.copyOf(queues);
    this.admission = admission;
    this.clock = clock;
  }

  /**
   * Hints at these parcels now, as far as their dispatches' vendors soon have room for them; Sweep
   * hints at the others later.
   */
  public void nudge(Collection<Parcel> due) {
    hintAdmitted(due);
  }

  /** Returns the dispatches that had no room for all. */
  private Set<ParcelStore.Owner> hintAdmitted(Collection<Parcel> due) {
    Map<ParcelStore.Owner, Long> room = new HashMap<>();
    Set<ParcelStore.Owner> full = new HashSet<>();
    List<Parcel> admitted = new ArrayList<>(due.size());
    for (Parcel parcel : due) {
      // In the priority lane somebody is waiting, and its parcels are small.
      long left =
          parcel.lane() == Lane.PRIORITY
              ? Long.MAX_VALUE
              : room.computeIfAbsent(parcel.owner(), this::room);
      if (left > 0) {
        admitted.add(parcel);
        room.computeIfPresent(parcel.owner(), (owner, rows) -> rows - parcel.rows().size());
      } else {
        full.add(parcel.owner());
      }
    }
    hint(admitted);
    return full;
  }

  private long room(ParcelStore.Owner owner) {
    long most = admission.rows(owner.account(), owner.dispatch()).orElse(Long.MAX_VALUE);
    return most == Long.MAX_VALUE
        ? most
        : most - parcels.hintedRows(owner, clock.instant().minus(HINT_LIFE));
  }

  private void hint(Collection<Parcel> due) {
    // Taken before the hints go out: a worker that is quicker than our note may defer its parcel.
    Instant at = clock.instant();
    List<String> hinted = new ArrayList<>();
    queues.forEach((lane, queue) -> {
      List<String> ids =
          due.stream().filter(parcel -> parcel.lane() == lane).map(Parcel::id).toList();
      if (!ids.isEmpty()) {
        Set<String> refused = new HashSet<>(queue.send(ids.stream().map(Hint::parcel).toList()));
        ids.stream().filter(id -> !refused.contains(Hint.parcel(id))).forEach(hinted::add);
      }
    });
    if (!hinted.isEmpty()) {
      parcels.nudged(hinted, at);
    }
  }

  /**
   * A parcel is done: of a dispatch that is not hinted at as a whole, the next ones may begin,
   * those that a busy vendor put off by a few seconds among them.
   */
  public void nudgeNext(Parcel done) {
    ParcelStore.Owner owner = done.owner();
    if (admission.rows(owner.account(), owner.dispatch()).isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    List<Parcel> next = parcels.dueOf(owner, now.plus(SOON), now.minus(HINT_LIFE), NEXT);
    next.stream()
        .filter(parcel -> parcel.due().isAfter(now))
        .forEach(parcel -> parcels.defer(parcel.id(), now));
    nudge(next);
  }

  /** Makes every waiting parcel of a batch due now and hints at it; returns how many. */
  public int wakeBatch(String batch) {
    int woken = 0;
    String after = "";
    while (true) {
      List<Parcel> page = parcels.readyOf(batch, after, PAGE);
      if (page.isEmpty()) {
        return woken;
      }
      wake(page);
      woken += page.size();
      after = page.getLast().id();
    }
  }

  /**
   * Makes the deferred parcels of a dispatch due now and hints at them; of a large backlog only the
   * first ones, the others come due by themselves.
   *
   * @return how many
   */
  public int wakeDispatch(String account, String dispatch) {
    List<Parcel> page = parcels.deferred(account, dispatch, clock.instant(), PAGE);
    wake(page);
    return page.size();
  }

  private void wake(List<Parcel> page) {
    Instant now = clock.instant();
    page.forEach(parcel -> parcels.defer(parcel.id(), now));
    nudge(page);
  }

  /**
   * Hints at parcels that are due and have no fresh hint.
   *
   * @return how many were found
   */
  public int nudgeDue(int limit) {
    Instant now = clock.instant();
    Set<ParcelStore.Owner> full = new HashSet<>();
    int found = 0;
    while (true) {
      List<Parcel> due = parcels.due(now, now.minus(HINT_LIFE), full, limit);
      found += due.size();
      // the backlog of a slow vendor must not hide what others have due
      if (!full.addAll(hintAdmitted(due)) || due.size() < limit) {
        return found;
      }
    }
  }
}
