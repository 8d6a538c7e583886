package dev.beckon.bench.sinks;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import dev.beckon.local.Parts;
import dev.beckon.local.servers.EmbeddedMongo;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real driver against the sink. */
class StoreSinkTest {
  private static final int ROWS = 500;

  private final Parts parts = new Parts();
  private final Counts counts = new Counts();
  private MongoClient client;
  private MongoCollection<Document> invitations;

  @BeforeEach
  void start() {
    EmbeddedMongo mongo = parts.keep(EmbeddedMongo.start());
    StoreSink sink = parts.keep(StoreSink.start(mongo.port(), counts));
    client = parts.keep(MongoClients.create(sink.connectionString()));
    invitations = collection("invitations");
  }

  @AfterEach
  void stop() {
    parts.close();
  }

  @Test
  void find_rowsOfSeedAskedAsAnotherBatch_comeBackUnderItsName() {
    seed();

    List<Document> found = new ArrayList<>();
    invitations.find(in("_id", ids("kind.0000007"))).into(found);

    assertThat(found).hasSize(ROWS);
    Document last = found.getLast();
    assertThat(last.getString("_id")).isEqualTo(id("kind.0000007", ROWS));
    assertThat(last.getString("batch")).isEqualTo("kind.0000007");
    assertThat(last.getString("hash")).isEqualTo("hash" + ROWS);
  }

  @Test
  void find_batchNobodySeeded_findsNothing() {
    seed();

    assertThat(invitations.find(in("_id", ids("other.0000007")))).isEmpty();
  }

  @Test
  void updateMany_claimOfRows_countsThemAndReadsThemBackAsClaimed() {
    seed();
    List<String> ids = ids("kind.0000001");

    long matched =
        invitations
            .updateMany(
                and(in("_id", ids), in("state", "ACCEPTED", "RETRY")),
                Updates.combine(Updates.set("state", "SENDING"), Updates.set("send", "s1")))
            .getMatchedCount();
    List<Document> claimed =
        invitations
            .find(and(in("_id", ids), eq("send", "s1"), eq("state", "SENDING")))
            .projection(Projections.include("attempts", "firstSent"))
            .into(new ArrayList<>());

    assertThat(matched).isEqualTo(ROWS);
    assertThat(claimed).hasSize(ROWS);
    assertThat(claimed.getFirst().getInteger("attempts")).isEqualTo(1);
    assertThat(claimed.getFirst().getDate("firstSent")).isNotNull();
    assertThat(counts.claimed.sum()).isEqualTo(ROWS);
  }

  @Test
  void standings_beforeAndAfterClaim_acceptedThenSent() {
    seed();
    List<String> ids = ids("kind.0000002");

    assertThat(states(ids)).containsOnly("ACCEPTED");
    invitations.updateMany(in("_id", ids), Updates.set("state", "SENDING"));
    assertThat(states(ids)).containsOnly("SENT");
  }

  @Test
  void aggregate_rowsByState_countsThoseAskedFor() {
    List<Document> counted =
        invitations
            .aggregate(
                List.of(
                    Aggregates.match(in("_id", ids("kind.0000002"))),
                    Aggregates.group("$state", Accumulators.sum("rows", 1))))
            .into(new ArrayList<>());

    assertThat(counted).containsExactly(new Document("_id", "ACCEPTED").append("rows", ROWS));
  }

  @Test
  void bulkWrite_settlements_matchesAllAndCountsThem() {
    List<UpdateOneModel<Document>> writes =
        ids("kind.0000003").stream()
            .map(id ->
                new UpdateOneModel<Document>(
                    and(eq("_id", id), eq("send", "s1")), Updates.set("state", "SENT")))
            .toList();

    BulkWriteResult result = invitations.bulkWrite(writes, new BulkWriteOptions().ordered(false));

    assertThat(result.getMatchedCount()).isEqualTo(ROWS);
    assertThat(counts.settled.sum()).isEqualTo(ROWS);
  }

  @Test
  void contacts_taken_areUpsertedAndReadAsHeldByTheirRow() {
    seed();
    MongoCollection<Document> contacts = collection("contacts");
    String contact = "acme/kind.0000004/hash3";

    BulkWriteResult taken =
        contacts.bulkWrite(
            List.of(
                new UpdateOneModel<>(
                    and(eq("_id", contact), eq("by", "x")),
                    Updates.set("by", "x"),
                    new UpdateOptions().upsert(true))));
    Document read = contacts.find(in("_id", List.of(contact))).first();

    assertThat(taken.getUpserts()).hasSize(1);
    assertThat(read).isNotNull();
    assertThat(read.getString("by")).isEqualTo(id("kind.0000004", 3));
    assertThat(read.getDate("until")).isAfter(new Date());
  }

  @Test
  void otherCollections_writtenAndRead_areKeptByTheStoreBehind() {
    collection("parcels").insertOne(new Document("_id", "p1").append("rows", "1-3"));

    assertThat(collection("parcels").find(eq("_id", "p1")).first()).containsEntry("rows", "1-3");
    assertThat(counts.forwarded.sum()).isPositive();
  }

  private void seed() {
    List<Document> documents =
        IntStream.rangeClosed(1, ROWS)
            .mapToObj(row ->
                new Document("_id", id("kind.0000000", row))
                    .append("batch", "kind.0000000")
                    .append("hash", "hash" + row)
                    .append("state", "ACCEPTED"))
            .toList();
    invitations.insertMany(documents);
    assertThat(counts.inserted.sum()).isEqualTo(ROWS);
  }

  private List<String> states(List<String> ids) {
    return invitations
        .find(in("_id", ids))
        .projection(Projections.include("state"))
        .map(document -> document.getString("state"))
        .into(new ArrayList<>());
  }

  private MongoCollection<Document> collection(String name) {
    return client.getDatabase("beckon").getCollection(name);
  }

  private static List<String> ids(String batch) {
    return IntStream.rangeClosed(1, ROWS).mapToObj(row -> id(batch, row)).toList();
  }

  private static String id(String batch, int row) {
    return batch + "-%09d".formatted(row);
  }
}
