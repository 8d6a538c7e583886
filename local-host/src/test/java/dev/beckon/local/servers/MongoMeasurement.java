package dev.beckon.local.servers;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Figures, not checks: {@code -Dtest=MongoMeasurement -Dbeckon.measure=true}. */
@EnabledIfSystemProperty(named = "beckon.measure", matches = "true")
class MongoMeasurement {

  private static final Logger LOG = LoggerFactory.getLogger(MongoMeasurement.class);

  private static final int ROWS = 100_000;

  @Test
  void figures_hundredThousandDocuments_areLogged() {
    try (EmbeddedMongo server = EmbeddedMongo.start();
        MongoClient client = MongoClients.create(server.connectionString())) {
      MongoCollection<Document> rows = client.getDatabase("test").getCollection("rows");
      rows.createIndex(Indexes.ascending("batch", "_id"));
      rows.createIndex(Indexes.ascending("state", "due"));
      measure(
          "insertMany 10,000, documents",
          10_000,
          ROWS / 10_000,
          round ->
              rows.insertMany(
                  IntStream.range(round * 10_000, (round + 1) * 10_000)
                      .mapToObj(MongoMeasurement::row)
                      .toList(),
                  new InsertManyOptions().ordered(false)));
      measure(
          "updateMany $in 400 with a state filter, documents",
          400,
          ROWS / 400,
          round ->
              rows.updateMany(
                  and(
                      in("_id", ids(round, 400)),
                      in("state", "ACCEPTED", "RETRY"),
                      lte("due", 1_000_000)),
                  combine(set("state", "SENDING"), set("send", "s" + round), inc("tries", 1))));
      measure(
          "find $in 400 with send, documents",
          400,
          ROWS / 400,
          round ->
              rows.find(and(in("_id", ids(round, 400)), eq("send", "s" + round)))
                  .into(new ArrayList<>()));
      measure(
          "bulkWrite 400 updateOne, documents",
          400,
          ROWS / 400,
          round ->
              rows.bulkWrite(
                  ids(round, 400).stream()
                      .map(id ->
                          new UpdateOneModel<Document>(
                              and(eq("_id", id), eq("send", "s" + round)), set("state", "SENT")))
                      .toList(),
                  new BulkWriteOptions().ordered(false)));
      measure(
          "updateMany $in 10,000, documents",
          10_000,
          ROWS / 10_000,
          round -> rows.updateMany(in("_id", ids(round, 10_000)), set("state", "DONE")));
      MongoCollection<Document> contacts = client.getDatabase("test").getCollection("contacts");
      measure(
          "bulk upsert 10,000, documents",
          10_000,
          ROWS / 10_000,
          round ->
              contacts.bulkWrite(
                  ids(round, 10_000).stream()
                      .map(id ->
                          new UpdateOneModel<Document>(
                              and(eq("_id", id), or(lte("until", 5), eq("by", "me"))),
                              combine(set("until", 100), set("by", "me")),
                              new UpdateOptions().upsert(true)))
                      .toList(),
                  new BulkWriteOptions().ordered(false)));
    }
  }

  private static void measure(String what, int each, int rounds, IntConsumer round) {
    long start = System.nanoTime();
    IntStream.range(0, rounds).forEach(round);
    double seconds = (System.nanoTime() - start) / 1e9;
    LOG.warn("{}/s: {}", what, Math.round(each * (double) rounds / seconds));
  }

  private static List<String> ids(int round, int count) {
    return IntStream.range(round * count, (round + 1) * count).mapToObj(i -> "row" + i).toList();
  }

  private static Document row(int i) {
    return new Document("_id", "row" + i)
        .append("batch", "b" + i / 10_000)
        .append("state", "ACCEPTED")
        .append("due", i)
        .append("sealed", "0123456789".repeat(20))
        .append("journal", List.of(new Document("at", i).append("what", "accepted")));
  }
}
