package dev.beckon.filedrop;

import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.parcel.BatchGates;
import dev.beckon.parcel.Nudger;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Lets an import go out that was held for approval. Thread-safe. */
public final class ImportApproval {
  private final ImportStore imports;
  private final BatchGates gates;
  private final Nudger nudger;
  private final EventLog events;
  private final Clock clock;

  ImportApproval(FileDropParts parts) {
    this.imports = parts.imports();
    this.gates = parts.gates();
    this.nudger = parts.nudger();
    this.events = parts.events();
    this.clock = parts.clock();
  }

  /**
   * Approves an import; a repeat hints at what still waits.
   *
   * @param who the person who approves, for the event
   * @return how many parcels were woken
   * @throws ImportOperationException when it waits for no approval
   */
  public int approve(String id, String who) {
    Import dropped = imports.find(id).orElseThrow(() -> ImportOperationException.unknown(id));
    BatchGates.State gate = gates.among(List.of(id)).get(id);
    if (gate == null) {
      throw new ImportOperationException(
          dropped.state() == Import.State.WAITING
              ? "import " + id + " is not read yet; approve it when it waits for approval"
              : "import " + id + " waits for no approval");
    }
    Instant now = clock.instant();
    if (gate == BatchGates.State.CANCELLED
        || (gate == BatchGates.State.HELD && !gates.release(id, now) && isCancelled(id))) {
      throw new ImportOperationException(
          "import " + id + " was cancelled, and that is for good; drop its file again");
    }
    events.write(
        new Event(
            now,
            Event.Level.INFORMATION,
            "import-approved",
            "import-approved/" + id,
            dropped.account(),
            who + " approved import " + id + " of feed " + dropped.feed()));
    return nudger.wakeBatch(id);
  }

  private boolean isCancelled(String id) {
    return gates.among(List.of(id)).get(id) == BatchGates.State.CANCELLED;
  }
}
