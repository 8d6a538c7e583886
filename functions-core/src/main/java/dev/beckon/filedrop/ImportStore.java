package dev.beckon.filedrop;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where imports, their chunks and the feeds' locks live. Thread-safe. */
public interface ImportStore {

  /** Stores an import; one whose id is stored already is left as it is. */
  void insert(Import dropped);

  Optional<Import> find(String id);

  /**
   * Takes or renews a feed's lock.
   *
   * @return whether the import holds it now
   */
  boolean lock(String feed, String importId, Instant now, Instant until);

  /** Frees a feed's lock if this import holds it. */
  void unlock(String feed, String importId);

  /**
   * Claims a file content for an import, for good.
   *
   * @return the id of the import that owns it: this one or an earlier one
   */
  String claimContent(String feed, String sha256, String importId, Instant now);

  /** WAITING → RELEASED. */
  void release(String id, List<String> header, int chunks, long rows, Instant at);

  /** WAITING → REFUSED. */
  void refuse(String id, String problem);

  /** RELEASED → ACCEPTED with its totals. */
  void accept(String id, Import.Totals totals);

  /**
   * WAITING, RELEASED or ACCEPTED → CANCELLED.
   *
   * @param why who cancelled it, in words
   */
  void cancel(String id, String why);

  /** WAITING → CHECKED with what the check found. */
  void check(String id, List<String> header, long rows, Import.Totals totals);

  /** Imports that are not final, oldest first. */
  List<Import> open(int limit);

  /** A feed's oldest import that waits to be scanned. */
  Optional<Import> nextWaiting(String feed);

  /** Newest imports first. */
  List<Import> newest(int limit);

  /**
   * Which imports are wanted; null takes any.
   *
   * @param upload the id of the upload their file came by
   */
  record Wanted(
      @Nullable String account,
      @Nullable String feed,
      Import.@Nullable State state,
      @Nullable String upload) {}

  /** Where an import stands among the newest. */
  record Place(Instant createdAt, String id) {
    public static Place of(Import dropped) {
      return new Place(dropped.createdAt(), dropped.id());
    }
  }

  /**
   * Those that are wanted, newest first; of equal age by descending id.
   *
   * @param after the last one of the page before; null for the first page
   */
  List<Import> newest(Wanted wanted, @Nullable Place after, int limit);

  /**
   * Notes that a feed's folder is looked through.
   *
   * @return false when somebody did since {@code notSince}
   */
  boolean lookThrough(String feed, Instant notSince, Instant now);

  /** Stores a chunk; one that is stored already is left as it is. */
  void insertChunk(Chunk chunk);

  Optional<Chunk> chunk(String id);

  /** The chunks of an import, in file order. */
  List<Chunk> chunks(String importId);

  /**
   * Marks a chunk accepted with what became of its rows.
   *
   * @return false when it was already
   */
  boolean acceptChunk(String id, Import.Totals totals);

  /** How many chunks of an import are not accepted yet. */
  long openChunks(String importId);

  /**
   * Notes that hints for an import were sent.
   *
   * @return false when fresher than {@code notSince}: another sweep was first
   */
  boolean hint(String id, Instant notSince, Instant now);
}
