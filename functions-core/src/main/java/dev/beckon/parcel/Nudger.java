package dev.beckon.parcel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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

  private static final int PAGE = 500;

  private final ParcelStore parcels;
  private final Map<Lane, WorkQueue> queues;
  private final Clock clock;

  public Nudger(ParcelStore parcels, Map<Lane, WorkQueue> queues, Clock clock) {
    this.parcels = parcels;
    this.queues = Map.copyOf(queues);
    this.clock = clock;
  }

  /** Hints at these parcels now. */
  public void nudge(Collection<Parcel> due) {
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
    List<Parcel> due = parcels.due(clock.instant(), clock.instant().minus(HINT_LIFE), limit);
    nudge(due);
    return due.size();
  }
}
