package dev.beckon.filedrop;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.parcel.BatchGates;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.WorkQueue;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cancels an import: what is not sent is never sent. A run that is cut off is healed by running it
 * again; nothing new goes out from its first step on. Thread-safe.
 */
public final class ImportCancel {
  private static final int PAGE = 1_000;

  /** Who got a message, may have got it, or is getting it at this moment. */
  private static final Set<InvitationState> GOT =
      EnumSet.of(
          InvitationState.SENDING,
          InvitationState.SENT,
          InvitationState.DELIVERED,
          InvitationState.BOUNCED,
          InvitationState.COMPLAINED,
          InvitationState.IN_DOUBT);

  /** What may still be moved. */
  private static final Set<InvitationState> OPEN =
      EnumSet.of(InvitationState.ACCEPTED, InvitationState.RETRY);

  private final ImportStore imports;
  private final InvitationStore invitations;
  private final BatchGates gates;
  private final ObjectStore objects;
  private final ImportEnd end;
  private final WorkQueue files;
  private final EventLog events;
  private final Clock clock;

  ImportCancel(FileDropParts parts) {
    this.imports = parts.imports();
    this.invitations = parts.invitations();
    this.gates = parts.gates();
    this.objects = parts.objects();
    this.end = new ImportEnd(parts);
    this.files = parts.files();
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
   * How far a bounded cancellation came.
   *
   * @param left rows that are not moved yet
   */
  public record Bounded(Result soFar, long left) {}

  /**
   * Cancels an import; a repeat brings the figures and the list up to date.
   *
   * @param who the person who wants it, for the journal and the event
   * @throws ImportOperationException when there is nothing to cancel
   */
  public Result cancel(String id, String who) {
    Import dropped = stopped(id, who);
    invitations.moveBatch(id, entry());
    Result result = result(dropped, invitations.countByState(id));
    tell(dropped, who, result);
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
   * @param until when no more rows are moved
   * @return the rows that are left to be moved: nobody sends them any more, and a repeat goes on
   */
  public Bounded cancel(String id, String who, Deadline until) {
    Import dropped = stopped(id, who);
    String after = "";
    while (!until.passed()) {
      List<Invitation> page = invitations.page(id, OPEN, after, PAGE);
      if (page.isEmpty()) {
        break;
      }
      invitations.move(page.stream().map(Invitation::id).toList(), Cause.DROP, entry());
      after = page.getLast().id();
    }
    Map<InvitationState, Long> states = invitations.countByState(id);
    Result result = result(dropped, states);
    tell(dropped, who, result);
    files.send(List.of(Hint.importRun(id)));
    return new Bounded(
        result, OPEN.stream().mapToLong(state -> states.getOrDefault(state, 0L)).sum());
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
    gates.cancel(id, clock.instant());
    imports.cancel(id, "cancelled by " + who);
    return dropped;
  }

  private JournalEntry entry() {
    return JournalEntry.of(clock.instant(), InvitationState.CANCELLED, "its import was cancelled");
  }

  private void tell(Import dropped, String who, Result result) {
    String id = dropped.id();
    events.write(
        new Event(
            clock.instant(),
            Event.Level.WARNING,
            "import-cancelled",
            "import-cancelled/" + id,
            dropped.account(),
            who
                + " cancelled import "
                + id
                + " of feed "
                + dropped.feed()
                + ": "
                + result.sent()
                + " sent before, "
                + result.underWay()
                + " under way, "
                + result.inDoubt()
                + " in doubt, "
                + result.cancelled()
                + " cancelled"));
  }

  private static Result result(Import dropped, Map<InvitationState, Long> states) {
    long underWay = states.getOrDefault(InvitationState.SENDING, 0L);
    long inDoubt = states.getOrDefault(InvitationState.IN_DOUBT, 0L);
    long got = GOT.stream().mapToLong(state -> states.getOrDefault(state, 0L)).sum();
    return new Result(
        got - underWay - inDoubt,
        states.getOrDefault(InvitationState.CANCELLED, 0L),
        underWay,
        inDoubt,
        got == 0 ? "" : dropped.cancelledKey());
  }

  private void writeList(Import dropped, String key) {
    try (CsvWriter csv =
        CsvWriter.builder()
            .build(new OutputStreamWriter(objects.writer(key), StandardCharsets.UTF_8))) {
      csv.writeRecord("row", "invitation", "state", "since");
      String after = "";
      while (true) {
        List<Invitation> page = invitations.page(dropped.id(), GOT, after, PAGE);
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
