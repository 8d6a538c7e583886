package dev.beckon.bench.limits;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import dev.beckon.bench.measure.Measured;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;
import org.bson.types.Binary;

/** The driver with documents prepared beforehand: what is left is encoding, wire and answer. */
public final class StoreLimit implements Measured {
  private static final int BATCH = 2_000;
  private static final int SEALED_BYTES = 200;

  private final MongoClient client;
  private final MongoCollection<RawBsonDocument> invitations;
  private final List<RawBsonDocument> inserts = new ArrayList<>();
  private final List<WriteModel<RawBsonDocument>> updates = new ArrayList<>();
  private final int size;

  private StoreLimit(String store, int size) {
    this.client = MongoClients.create(store);
    this.invitations =
        client
            .getDatabase("beckon")
            .getCollection("invitations", RawBsonDocument.class)
            .withWriteConcern(WriteConcern.MAJORITY);
    this.size = size;
  }

  /** {@code insertMany} of 2,000 invitations. */
  public static StoreLimit inserts(String store, int size) {
    StoreLimit limit = new StoreLimit(store, size);
    for (int row = 0; row < BATCH; row++) {
      limit.inserts.add(raw(invitation(row)));
    }
    return limit;
  }

  /** {@code bulkWrite} of 2,000 updates, each of one invitation. */
  public static StoreLimit settles(String store, int size) {
    StoreLimit limit = new StoreLimit(store, size);
    for (int row = 0; row < BATCH; row++) {
      limit.updates.add(
          new UpdateOneModel<>(
              raw(
                  Filters.and(
                          Filters.eq("_id", "limit.0001-%09d".formatted(row)),
                          Filters.eq("send", "7f1c2f80-7a0f-4d3e-9f4f-1a2b3c4d5e6f"),
                          Filters.in("state", "SENDING", "IN_DOUBT"))
                      .toBsonDocument()),
              raw(
                  Updates.combine(
                          Updates.set("state", "SENT"),
                          Updates.unset("sendUntil"),
                          Updates.push(
                              "journal",
                              new Document("at", now())
                                  .append("state", "SENT")
                                  .append("vendor", "bulk")))
                      .toBsonDocument())));
    }
    return limit;
  }

  private static Document invitation(int row) {
    return new Document("_id", "limit.0001-%09d".formatted(row))
        .append("account", "bench")
        .append("dispatch", "bulk")
        .append("batch", "limit.0001")
        .append("row", row)
        .append("channel", "email")
        .append("hash", "k1:0123456789abcdef0123456789abcdef0123456789ab")
        .append("sealed", new Binary(new byte[SEALED_BYTES]))
        .append("language", "en")
        .append("token", "0123456789abcdefABCDEF")
        .append("state", "ACCEPTED")
        .append("acceptedAt", now())
        .append("notBefore", now())
        .append("expires", now())
        .append("attempts", 0)
        .append("journal", List.of(new Document("at", now()).append("state", "ACCEPTED")));
  }

  private static BsonDateTime now() {
    return new BsonDateTime(System.currentTimeMillis());
  }

  private static RawBsonDocument raw(Document document) {
    return new RawBsonDocument(document, new DocumentCodec());
  }

  private static RawBsonDocument raw(BsonDocument document) {
    return new RawBsonDocument(document, new org.bson.codecs.BsonDocumentCodec());
  }

  @Override
  public Done run() {
    int trips = Math.max(1, size / BATCH);
    for (int i = 0; i < trips; i++) {
      if (updates.isEmpty()) {
        invitations.insertMany(inserts, new InsertManyOptions().ordered(false));
      } else {
        invitations.bulkWrite(updates, new BulkWriteOptions().ordered(false));
      }
    }
    return Done.of((long) trips * BATCH);
  }

  @Override
  public void close() {
    client.close();
  }
}
