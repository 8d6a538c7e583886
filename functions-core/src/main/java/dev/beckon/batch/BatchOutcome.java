package dev.beckon.batch;

import java.util.List;

/** What a request to accept a batch comes to. */
public sealed interface BatchOutcome {

  /**
   * Every row is stored or refused.
   *
   * @param replayed whether an earlier request did it
   */
  record Accepted(Batch batch, BatchReceipt receipt, boolean replayed) implements BatchOutcome {}

  /** No row can be taken; nothing is stored, and the request's key is free. */
  record AllRefused(List<RefusedRow> rows) implements BatchOutcome {
    public AllRefused {
      rows = List.copyOf(rows);
    }
  }

  /** The caller's account has no dispatch of this name. */
  record NoDispatch() implements BatchOutcome {}

  /** The key was used for a request with another body. */
  record KeyReused() implements BatchOutcome {}

  /**
   * Another request with this key is at work.
   *
   * @param seconds after which a repeat is worth it
   */
  record InProgress(long seconds) implements BatchOutcome {}
}
