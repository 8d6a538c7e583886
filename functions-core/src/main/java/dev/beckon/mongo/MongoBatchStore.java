package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import dev.beckon.batch.Batch;
import dev.beckon.batch.BatchReceipt;
import dev.beckon.batch.BatchReceipt.Refused;
import dev.beckon.batch.BatchStore;
import dev.beckon.invitation.InvitationState;
import dev.beckon.parcel.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Batches of requests in the collection {@code batches}, beside {@link MongoBatchGates}. */
public final class MongoBatchStore implements BatchStore {
  private static final Bson LISTED =
      Projections.include("dispatch", "who", "acceptedAt", "rows", "refused");

  private final MongoCollection<Document> batches;

  public MongoBatchStore(MongoConnection connection) {
    this.batches = connection.collection("batches");
  }

  @Override
  public boolean insert(Batch batch) {
    Document document =
        new Document("_id", batch.id())
            .append("account", batch.account())
            .append("dispatch", batch.dispatch())
            .append("who", batch.who())
            .append("acceptedAt", Date.from(batch.acceptedAt()))
            .append("rows", batch.rows())
            .append("fingerprint", batch.fingerprint())
            .append("until", Date.from(batch.until()));
    Instant sendAt = batch.sendAt();
    if (sendAt != null) {
      document.append("sendAt", Date.from(sendAt));
    }
    return Bulk.write(batches, List.of(new InsertOneModel<>(document))).isEmpty();
  }

  @Override
  public Optional<Batch> find(String account, String id) {
    // A batch of an import may have a gate here, and nothing else.
    return Optional.ofNullable(batches.find(eq("_id", id)).first())
        .filter(document -> account.equals(document.getString("account")))
        .map(MongoBatchStore::batch);
  }

  @Override
  public boolean takeOver(String id, Instant asRead, Instant until) {
    return hold(id, asRead, until);
  }

  @Override
  public void letGo(String id, Instant until, Instant now) {
    hold(id, until, now);
  }

  private boolean hold(String id, Instant asRead, Instant until) {
    return batches
            .updateOne(
                and(eq("_id", id), eq("until", Date.from(asRead)), eq("receipt", null)),
                set("until", Date.from(until)))
            .getMatchedCount()
        == 1;
  }

  @Override
  public boolean finish(String id, BatchReceipt receipt) {
    return batches
            .updateOne(
                and(eq("_id", id), eq("receipt", null)),
                combine(set("receipt", document(receipt)), set("refused", receipt.refusedCount())))
            .getModifiedCount()
        == 1;
  }

  @Override
  public List<Listed> page(
      String account, @Nullable String dispatch, @Nullable Place after, int limit) {
    List<Bson> filter = new ArrayList<>();
    filter.add(eq("account", account));
    if (dispatch != null) {
      filter.add(eq("dispatch", dispatch));
    }
    if (after != null) {
      Date at = Date.from(after.acceptedAt());
      filter.add(or(lt("acceptedAt", at), and(eq("acceptedAt", at), lt("_id", after.id()))));
    }
    return batches
        .find(and(filter))
        .projection(LISTED)
        .sort(Sorts.descending("acceptedAt", "_id"))
        .limit(limit)
        .map(MongoBatchStore::listed)
        .into(new ArrayList<>());
  }

  private static Listed listed(Document document) {
    Object refused = document.get("refused");
    return new Listed(
        document.getString("_id"),
        document.getString("dispatch"),
        document.getString("who"),
        document.getDate("acceptedAt").toInstant(),
        (int) Fields.number(document, "rows"),
        refused == null ? 0 : (int) Fields.number(document, "refused"),
        refused != null);
  }

  private static Batch batch(Document document) {
    Date sendAt = document.getDate("sendAt");
    Document receipt = document.get("receipt", Document.class);
    return new Batch(
        document.getString("_id"),
        document.getString("account"),
        document.getString("dispatch"),
        document.getString("who"),
        document.getDate("acceptedAt").toInstant(),
        sendAt == null ? null : sendAt.toInstant(),
        (int) Fields.number(document, "rows"),
        document.getString("fingerprint"),
        document.getDate("until").toInstant(),
        receipt == null ? null : receipt(receipt));
  }

  private static Document document(BatchReceipt receipt) {
    Document stored = new Document();
    receipt.stored().forEach((state, rows) -> stored.append(state.name(), rows.toString()));
    return new Document("stored", stored)
        .append(
            "refused",
            receipt.refused().stream()
                .map(reason ->
                    new Document("field", reason.field())
                        .append("code", reason.code())
                        .append("reason", reason.reason())
                        .append("remedy", reason.remedy())
                        .append("rows", reason.rows().toString()))
                .toList());
  }

  private static BatchReceipt receipt(Document document) {
    Map<InvitationState, RowSet> stored = new EnumMap<>(InvitationState.class);
    document
        .get("stored", Document.class)
        .forEach((state, rows) ->
            stored.put(InvitationState.valueOf(state), RowSet.parse(String.valueOf(rows))));
    return new BatchReceipt(
        stored,
        document.getList("refused", Document.class).stream()
            .map(reason ->
                new Refused(
                    reason.getString("field"),
                    reason.getString("code"),
                    reason.getString("reason"),
                    reason.getString("remedy"),
                    RowSet.parse(reason.getString("rows"))))
            .toList());
  }
}
