package dev.beckon.local.servers;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedMongoTest {

  private EmbeddedMongo server;
  private MongoClient client;
  private MongoCollection<Document> rows;

  @BeforeEach
  void start() {
    server = EmbeddedMongo.start();
    client = MongoClients.create(server.connectionString());
    rows = client.getDatabase("test").getCollection("rows");
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void bulkUpsert_documentExistsButDoesNotMatch_givesDuplicateKey() {
    rows.insertOne(new Document("_id", "held").append("until", 100).append("by", "other"));
    List<UpdateOneModel<Document>> locks =
        IntStream.range(0, 3)
            .mapToObj(i ->
                new UpdateOneModel<Document>(
                    and(
                        eq("_id", i == 1 ? "held" : "free" + i),
                        or(lte("until", 50), eq("by", "me"))),
                    combine(set("until", 200), set("by", "me")),
                    new UpdateOptions().upsert(true)))
            .toList();

    assertThatThrownBy(() -> rows.bulkWrite(locks, new BulkWriteOptions().ordered(false)))
        .isInstanceOfSatisfying(
            MongoBulkWriteException.class,
            failure -> {
              assertThat(failure.getWriteErrors())
                  .extracting(BulkWriteError::getIndex, BulkWriteError::getCode)
                  .containsExactly(org.assertj.core.groups.Tuple.tuple(1, 11000));
              assertThat(failure.getWriteResult().getUpserts()).hasSize(2);
            });
    assertThat(rows.find(eq("_id", "held")).first()).containsEntry("by", "other");
  }

  @Test
  void insertMany_someExist_countsOnlyTheInserted() {
    rows.insertOne(new Document("_id", 1));

    assertThatThrownBy(() ->
            rows.insertMany(
                List.of(new Document("_id", 0), new Document("_id", 1), new Document("_id", 2)),
                new InsertManyOptions().ordered(false)))
        .isInstanceOfSatisfying(
            MongoBulkWriteException.class,
            failure -> assertThat(failure.getWriteResult().getInsertedCount()).isEqualTo(2));
  }

  @Test
  void find_projectionSortSkipLimit_pagesByIndex() {
    rows.createIndex(Indexes.ascending("batch", "_id"));
    rows.insertMany(
        IntStream.range(0, 100)
            .mapToObj(i -> new Document("_id", i).append("batch", i % 2).append("big", "x"))
            .toList());

    List<Document> page =
        rows.find(and(eq("batch", 1), gt("_id", 10)))
            .projection(Projections.include("batch"))
            .sort(Sorts.descending("_id"))
            .skip(1)
            .limit(2)
            .into(new ArrayList<>());

    assertThat(page)
        .containsExactly(
            new Document("_id", 97).append("batch", 1), new Document("_id", 95).append("batch", 1));
  }

  @Test
  void getMore_manyBatches_givesEachDocumentOnce() {
    rows.insertMany(IntStream.range(0, 1000).mapToObj(i -> new Document("_id", i)).toList());

    assertThat(rows.find(gt("_id", -1)).batchSize(7)).hasSize(1000).doesNotHaveDuplicates();
  }

  @Test
  void indexes_declaredAndDropped_areListed() {
    String unique =
        rows.createIndex(Indexes.ascending("code"), new IndexOptions().unique(true).sparse(true));
    String plain = rows.createIndex(Indexes.ascending("a", "b"));
    rows.dropIndex(unique);

    assertThat(rows.listIndexes()).extracting(index -> index.get("name")).contains("_id_", plain);
    assertThat(rows.listIndexes()).extracting(index -> index.get("name")).doesNotContain(unique);
  }

  @Test
  void aggregate_firstMatch_isNarrowedAndComplete() {
    rows.createIndex(Indexes.ascending("batch"));
    rows.insertMany(
        IntStream.range(0, 300)
            .mapToObj(i -> new Document("_id", i).append("batch", i % 3).append("state", i % 2))
            .toList());

    List<Document> counts =
        rows.aggregate(
                List.of(
                    Aggregates.match(eq("batch", 1)),
                    Aggregates.group("$state", com.mongodb.client.model.Accumulators.sum("n", 1)),
                    Aggregates.sort(Sorts.ascending("_id"))))
            .into(new ArrayList<>());

    assertThat(counts).extracting(count -> count.get("n")).containsExactly(50, 50);
  }

  @Test
  void claims_manyThreads_giveEachDocumentToOne() throws Exception {
    rows.createIndex(Indexes.ascending("state", "due"));
    rows.insertMany(
        IntStream.range(0, 300)
            .mapToObj(i -> new Document("_id", i).append("state", "READY").append("due", i % 7))
            .toList());
    Callable<List<Object>> worker =
        () -> {
          List<Object> claimed = new ArrayList<>();
          Document next;
          do {
            next =
                rows.findOneAndUpdate(
                    and(eq("state", "READY"), lte("due", 10)),
                    combine(set("state", "TAKEN"), inc("tries", 1)),
                    new FindOneAndUpdateOptions()
                        .sort(Sorts.ascending("due"))
                        .returnDocument(ReturnDocument.AFTER));
            if (next != null) {
              claimed.add(next.get("_id"));
            }
          } while (next != null);
          return claimed;
        };

    List<Object> all = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<List<Object>> done : threads.invokeAll(List.of(worker, worker, worker, worker))) {
        all.addAll(done.get());
      }
    }

    assertThat(all).hasSize(300).doesNotHaveDuplicates();
    assertThat(rows.countDocuments(in("tries", 1))).isEqualTo(300);
  }
}
