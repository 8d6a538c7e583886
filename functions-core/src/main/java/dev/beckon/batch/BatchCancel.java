package dev.beckon.batch;

import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.parcel.BatchStop;
import java.time.Clock;
import java.util.Optional;

/**
 * Cancels a batch: what is not sent is never sent, also what a run of its request that is still
 * under way stores later. Running it again brings the figures up to date. Thread-safe.
 */
public final class BatchCancel {
  private final BatchStore batches;
  private final BatchStop stop;
  private final EventLog events;
  private final Clock clock;

  BatchCancel(BatchParts parts) {
    this.batches = parts.store();
    this.stop = new BatchStop(parts.gates(), parts.invitations(), parts.clock());
    this.events = parts.events();
    this.clock = parts.clock();
  }

  /**
   * Cancels it.
   *
   * @param who wants it, for the event
   * @return what became of its rows; empty when the account has no such batch
   */
  public Optional<BatchStop.Result> cancel(String account, String id, String who) {
    if (batches.find(account, id).isEmpty()) {
      return Optional.empty();
    }
    stop.closeGate(id);
    BatchStop.Result result = stop.takeBack(id, "its batch was cancelled");
    events.write(
        new Event(
            clock.instant(),
            Event.Level.WARNING,
            "batch-cancelled",
            "batch-cancelled/" + id,
            account,
            who + " cancelled batch " + id + ": " + result));
    return Optional.of(result);
  }
}
