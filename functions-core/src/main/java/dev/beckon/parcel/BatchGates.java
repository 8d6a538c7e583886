package dev.beckon.parcel;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * Which batches may not go out now. A batch nobody held or cancelled is not stored here and is
 * live. Every change is one conditional single-document write. Thread-safe.
 */
public interface BatchGates {

  /** What may happen to a batch's rows. */
  enum State {
    /** They go out; stored only for a batch that was held before. */
    LIVE,
    /** They wait for an approval. */
    HELD,
    /** What is not sent is never sent. */
    CANCELLED
  }

  /** The stored ones among these batches. */
  Map<String, State> among(Collection<String> batches);

  /** Holds a batch that nothing is stored of; one that was released before is not held again. */
  void hold(String batch, Instant at);

  /**
   * HELD → LIVE.
   *
   * @return whether it was held
   */
  boolean release(String batch, Instant at);

  /** Cancels a batch for good, whatever it is now. */
  void cancel(String batch, Instant at);
}
