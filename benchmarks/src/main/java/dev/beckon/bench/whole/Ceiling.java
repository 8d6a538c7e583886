package dev.beckon.bench.whole;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * What the embedded store reaches by itself, asked by one client with batches of 2,000.
 *
 * @param inserts a second
 * @param updates of single documents a second
 */
record Ceiling(double inserts, double updates) {
  private static final int BATCH = 2_000;
  private static final int SEALED_BYTES = 200;
  private static final double NANOS = 1e9;

  /** Measures it in a database of its own; the first batches warm up. */
  static Ceiling of(String uri, int batches) {
    try (MongoClient client = MongoClients.create(uri)) {
      MongoCollection<Document> rows = client.getDatabase("ceiling").getCollection("rows");
      run(rows, Math.max(1, batches / 2));
      return run(rows, batches);
    }
  }

  private static Ceiling run(MongoCollection<Document> rows, int batches) {
    long inserting = 0;
    long updating = 0;
    for (int batch = 0; batch < batches; batch++) {
      String name = UUID.randomUUID().toString();
      List<Document> documents =
          IntStream.range(0, BATCH).mapToObj(row -> document(name, row)).toList();
      List<UpdateOneModel<Document>> updates =
          IntStream.range(0, BATCH)
              .mapToObj(row ->
                  new UpdateOneModel<Document>(
                      Filters.and(
                          Filters.eq("_id", name + "-" + row), Filters.eq("state", "ACCEPTED")),
                      Updates.combine(
                          Updates.set("state", "SENT"),
                          Updates.push("journal", new Document("state", "SENT")))))
              .toList();
      long begin = System.nanoTime();
      rows.insertMany(documents);
      long inserted = System.nanoTime();
      rows.bulkWrite(updates, new BulkWriteOptions().ordered(false));
      inserting += inserted - begin;
      updating += System.nanoTime() - inserted;
    }
    double total = (double) batches * BATCH * NANOS;
    return new Ceiling(total / inserting, total / updating);
  }

  private static Document document(String name, int row) {
    return new Document("_id", name + "-" + row)
        .append("batch", name)
        .append("row", row)
        .append("sealed", new Binary(new byte[SEALED_BYTES]))
        .append("state", "ACCEPTED")
        .append("journal", List.of(new Document("state", "ACCEPTED")));
  }
}
