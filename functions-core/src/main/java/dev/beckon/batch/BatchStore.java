package dev.beckon.batch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where batches of requests live, for good: it is also where they are found again. Every change is
 * one conditional single-document write. Thread-safe.
 */
public interface BatchStore {

  /**
   * Stores a batch.
   *
   * @return false when one of its id is there; nothing is changed then
   */
  boolean insert(Batch batch);

  /** A batch of an account. */
  Optional<Batch> find(String account, String id);

  /**
   * Takes a batch over from a request that never came to its end.
   *
   * @param asRead when the hold ended that was read; another one since is not broken
   * @param until when the new hold ends
   * @return whether it was taken; false also when it has its receipt
   */
  boolean takeOver(String id, Instant asRead, Instant until);

  /**
   * Ends a hold before its time, when the request that has it failed.
   *
   * @param until as it was taken: another request's hold is left alone
   * @param now from when on the next may take it over
   */
  void letGo(String id, Instant until, Instant now);

  /**
   * Stores the receipt, whoever holds the batch.
   *
   * @return false when it has one; that one stays
   */
  boolean finish(String id, BatchReceipt receipt);

  /** A place in a list of batches. */
  record Place(Instant acceptedAt, String id) {}

  /**
   * A batch as a list shows it.
   *
   * @param refused rows that were refused
   * @param accepted whether it has its receipt
   */
  record Listed(
      String id,
      String dispatch,
      String who,
      Instant acceptedAt,
      int rows,
      int refused,
      boolean accepted) {}

  /**
   * A page of an account's batches, newest first.
   *
   * @param dispatch of this one alone; null: of all
   * @param after the last one of the page before; null for the first
   */
  List<Listed> page(String account, @Nullable String dispatch, @Nullable Place after, int limit);
}
