package dev.beckon.mongo;

import com.mongodb.MongoClientSettings;
import dev.beckon.bench.steps.Samples;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore.Settlement;
import dev.beckon.invitation.JournalEntry;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.Codec;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.conversions.Bson;
import org.bson.io.BasicOutputBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Documents and writes, built and encoded as the driver sends them. */
@State(Scope.Benchmark)
public class StoreBenchmark {
  private final Codec<Document> documents = new DocumentCodec();
  private final Codec<BsonDocument> bson = new BsonDocumentCodec();
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
    var write = SettleWriter.write(settlement);
    Bson update = Objects.requireNonNull(write.getUpdate());
    return size(rendered(write.getFilter())) + size(rendered(update));
  }

  /** The invitation of a document that was read. */
  @Benchmark
  public Invitation readDocument() {
    return InvitationDocuments.invitation(stored.decode(documents));
  }

  private static BsonDocument rendered(Bson bson) {
    return bson.toBsonDocument(Document.class, MongoClientSettings.getDefaultCodecRegistry());
  }

  private int size(BsonDocument value) {
    try (BasicOutputBuffer out = new BasicOutputBuffer();
        BsonBinaryWriter writer = new BsonBinaryWriter(out)) {
      bson.encode(writer, value, EncoderContext.builder().build());
      return out.getSize();
    }
  }
}
