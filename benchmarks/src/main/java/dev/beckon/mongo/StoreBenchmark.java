package dev.beckon.mongo;

import dev.beckon.bench.steps.Samples;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore.Settlement;
import dev.beckon.invitation.JournalEntry;
import java.time.Instant;
import java.util.List;
import org.bson.RawBsonDocument;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Documents and writes, as they are handed to the driver and come from it. */
@State(Scope.Benchmark)
public class StoreBenchmark {
  private final RawFields fields = new RawFields();
  private final Invitation invitation = Samples.invitation();
  private final RawBsonDocument stored =
      InvitationDocuments.documents(List.of(invitation)).getFirst();
  private final Settlement settlement =
      new Settlement(
          invitation.id(),
          "7f1c2f80-7a0f-4d3e-9f4f-1a2b3c4d5e6f",
          Cause.SETTLE,
          InvitationState.SENT,
          new JournalEntry(Instant.now(), InvitationState.SENT, "mail", ""),
          null,
          false,
          false);

  /** The document of a new invitation. */
  @Benchmark
  public int insertDocument() {
    return InvitationDocuments.documents(List.of(invitation))
        .getFirst()
        .getByteBuffer()
        .remaining();
  }

  /** The write that settles one row. */
  @Benchmark
  public int settleWrite() {
    return SettleWriter.writes(List.of(settlement)).size();
  }

  /** The invitation of a document that was read. */
  @Benchmark
  public Invitation readDocument() {
    return InvitationDocuments.invitation(fields.of(stored));
  }
}
