package dev.beckon.parcel;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where parcels live. Every change is one conditional single-document write. Thread-safe. A store
 * that cannot be reached throws an unchecked exception.
 */
public interface ParcelStore {

  /**
   * Stores parcels; those whose id is stored already are left as they are.
   *
   * @return the ids that were stored already
   */
  Set<String> insert(List<Parcel> parcels);

  /** The stored ones among these ids. */
  Map<String, Parcel> load(Collection<String> ids);

  /** FILLING → READY, due at once. */
  void ready(Collection<String> ids, Instant due);

  /** READY → DONE. */
  void done(String id);

  /** READY → DONE of each that is READY. */
  void done(Collection<String> ids);

  /** READY → SPLIT; its halves must be stored before. */
  void split(String id);

  /** Sets when a READY parcel is to be worked on next. */
  void defer(String id, Instant due);

  /** Notes that hints for these parcels lie on their queue. */
  void nudged(Collection<String> ids, Instant at);

  /**
   * READY parcels that are due and have no fresh hint: never hinted since they became due, or
   * hinted before {@code hintedBefore}.
   */
  default List<Parcel> due(Instant now, Instant hintedBefore, int limit) {
    return due(now, hintedBefore, Set.of(), limit);
  }

  /** {@link #due(Instant, Instant, int)} of all dispatches but some. */
  List<Parcel> due(Instant now, Instant hintedBefore, Collection<Owner> without, int limit);

  /** When the READY parcel that has been due longest became due; suspect ones do not count. */
  Optional<Instant> oldestDue(Instant now);

  /** A dispatch of an account. */
  record Owner(String account, String dispatch) {}

  /** {@link #due(Instant, Instant, int)} of one dispatch. */
  List<Parcel> dueOf(Owner owner, Instant now, Instant hintedBefore, int limit);

  /** Rows of READY parcels of a dispatch whose hint is from since a time and not worked off. */
  long hintedRows(Owner owner, Instant since);

  /**
   * READY parcels of a dispatch and lane that became due in a span of time, those due first coming
   * first; without suspect ones and redrives.
   */
  List<Parcel> fresh(
      String account, String dispatch, Lane lane, Instant after, Instant until, int limit);

  /** FILLING parcels created before a time, oldest first. */
  List<Parcel> stale(Instant createdBefore, int limit);

  /** Marks a single-row READY parcel as suspect. */
  void suspect(String id);

  /** What a worker that wants a suspect parcel is told. */
  enum Trial {
    /** It is ours; the try is counted already. */
    TAKEN,
    /** Another worker has it. */
    IN_HANDS,
    /** It has killed too many workers. */
    HOPELESS
  }

  /**
   * Takes a suspect parcel for one worker and counts the try, before anything of it is looked at.
   *
   * @param until when the worker's hold ends by itself
   * @param most tries after which it is hopeless
   */
  Trial tryOne(String id, Instant now, Instant until, int most);

  /** The worker came to an orderly end, errors included: tries count from zero again. */
  void survived(String id);

  /** READY parcels of a batch whose ids come after one, in the order of ids. */
  List<Parcel> readyOf(String batch, String after, int limit);

  /** READY parcels of a dispatch that are not due before a time, those due first coming first. */
  List<Parcel> deferred(String account, String dispatch, Instant notBefore, int limit);

  /**
   * Which parcels are meant: those that fit everything that is given.
   *
   * @param batch null for every batch
   * @param states any of these
   * @param suspect whether suspect ones alone are meant
   */
  record Listing(@Nullable String batch, Set<Parcel.State> states, boolean suspect) {
    public Listing {
      states = Set.copyOf(states);
    }
  }

  /**
   * A parcel as a list shows it.
   *
   * @param nudgedAt when its last hint went on its queue; null when none did
   * @param tries tries of a suspect parcel that did not end in order
   */
  record Listed(Parcel parcel, @Nullable Instant nudgedAt, int tries) {}

  /**
   * A page, in the order of the ids.
   *
   * @param after the last id of the page before; empty for the first
   */
  List<Listed> list(Listing listing, String after, int limit);

  /**
   * A page of an account's parcels that kept failing their workers, in the order of the ids: those
   * that were split, and suspect ones that still have work.
   *
   * @param after the last id of the page before; empty for the first
   */
  List<Listed> deadLettered(String account, String after, int limit);

  /** The parcels that hold a row, in the order they were created. */
  List<Listed> holding(String batch, int row);

  /** How many parcels of a batch are not DONE or SPLIT yet. */
  long open(String batch);
}
