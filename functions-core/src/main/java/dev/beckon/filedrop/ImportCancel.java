package dev.beckon.filedrop;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.parcel.BatchStop;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.WorkQueue;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/**
 * Cancels an import: what is not sent is never sent. A run that is cut off is healed by running it
 * again; nothing new goes out from its first step on. Thread-safe.
 */
public final class ImportCancel {
  private static final int PAGE = 1_000;
  private static final String NOTE = "its import was cancelled";

  private final ImportStore imports;
  private final InvitationStore invitations;
  private final BatchStop stop;
  private final ObjectStore objects;
  private final WorkQueue files;
  private final ImportEnd end;
  private final EventLog events;
  private final Clock clock;

  ImportCancel(FileDropParts parts) {
    this.imports = parts.imports();
    this.invitations = parts.invitations();
    this.stop = new BatchStop(parts.gates(), parts.invitations(), parts.clock());
    this.objects = parts.objects();
    this.files = parts.files();
    this.end = new ImportEnd(parts);
    this.events = parts.events();
    this.clock = parts.clock();
  }

  /**
   * What a cancellation found.
   *
   * @param sent accepted by the vendor before, evidence of later fates included
   * @param cancelled never to be sent
   * @param underWay at the vendor at this moment; run the command again to see how they ended
   * @param inDoubt may have been sent
   * @param listKey where it is written who got a message; empty when nobody did
   */
  public record Result(long sent, long cancelled, long underWay, long inDoubt, String listKey) {}

  /**
   * Cancels an import; a repeat brings the figures and the list up to date.
   *
   * @param who the person who wants it, for the journal and the event
   * @throws ImportOperationException when there is nothing to cancel
   */
  public Result cancel(String id, String who) {
    Import dropped = stopped(id, who);
    BatchStop.Result stopped = stop.takeBack(id, NOTE);
    Result result = result(dropped, stopped);
    tell(dropped, who, stopped);
    if (!result.listKey().isEmpty()) {
      writeList(dropped, result.listKey());
    }
    end.tidy(dropped);
    return result;
  }

  /**
   * The same for somebody who cannot wait for millions of rows. No list is written; the file is
   * moved by a worker.
   *
   * @param until when no more rows are taken back; a repeat goes on
   */
  public BatchStop.Bounded cancel(String id, String who, Deadline until) {
    Import dropped = stopped(id, who);
    BatchStop.Bounded bounded = stop.takeBack(id, NOTE, until);
    tell(dropped, who, bounded.soFar());
    files.send(List.of(Hint.importRun(id)));
    return bounded;
  }

  /** From here on nothing of it goes out any more. */
  private Import stopped(String id, String who) {
    Import dropped = imports.find(id).orElseThrow(() -> ImportOperationException.unknown(id));
    if (dropped.state() == Import.State.REFUSED
        || dropped.state() == Import.State.CHECKED
        || dropped.kind() == Import.Kind.CHECK) {
      throw new ImportOperationException(
          "import " + id + " sends nothing, so there is nothing to cancel");
    }
    stop.closeGate(id);
    imports.cancel(id, "cancelled by " + who);
    return dropped;
  }

  private void tell(Import dropped, String who, BatchStop.Result stopped) {
    events.write(
        new Event(
            clock.instant(),
            Event.Level.WARNING,
            "import-cancelled",
            "import-cancelled/" + dropped.id(),
            dropped.account(),
            who
                + " cancelled import "
                + dropped.id()
                + " of feed "
                + dropped.feed()
                + ": "
                + stopped));
  }

  private static Result result(Import dropped, BatchStop.Result stopped) {
    return new Result(
        stopped.sent(),
        stopped.cancelled(),
        stopped.underWay(),
        stopped.inDoubt(),
        stopped.got() == 0 ? "" : dropped.cancelledKey());
  }

  private void writeList(Import dropped, String key) {
    try (CsvWriter csv =
        CsvWriter.builder()
            .build(new OutputStreamWriter(objects.writer(key), StandardCharsets.UTF_8))) {
      csv.writeRecord("row", "invitation", "state", "since");
      String after = "";
      while (true) {
        List<Invitation> page = invitations.page(dropped.id(), BatchStop.GOT, after, PAGE);
        if (page.isEmpty()) {
          return;
        }
        for (Invitation row : page) {
          csv.writeRecord(
              Integer.toString(row.row()),
              row.id(),
              row.state().name(),
              row.journal().isEmpty() ? "" : row.journal().getLast().at().toString());
        }
        after = page.getLast().id();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + key + " failed", e);
    }
  }
}
