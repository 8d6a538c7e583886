package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOptions;
import dev.beckon.parcel.BatchGates;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Batch gates in the collection {@code batches}, beside what {@link MongoBatchStore} keeps. */
public final class MongoBatchGates implements BatchGates {
  private final MongoCollection<Document> batches;

  public MongoBatchGates(MongoConnection connection) {
    this.batches = connection.collection("batches");
  }

  @Override
  public Map<String, State> among(Collection<String> ids) {
    Map<String, State> found = new HashMap<>();
    if (!ids.isEmpty()) {
      // The receipts that stand beside them are not needed here, and nobody may have set a gate.
      for (Document batch : batches.find(in("_id", ids)).projection(Projections.include("gate"))) {
        String gate = batch.getString("gate");
        if (gate != null) {
          found.put(batch.getString("_id"), State.valueOf(gate));
        }
      }
    }
    return found;
  }

  @Override
  public void hold(String batch, Instant at) {
    Bulk.insertNew(
        batches,
        List.of(
            new Document("_id", batch)
                .append("gate", State.HELD.name())
                .append("at", Date.from(at))));
  }

  @Override
  public boolean release(String batch, Instant at) {
    return batches
            .updateOne(and(eq("_id", batch), eq("gate", State.HELD.name())), become(State.LIVE, at))
            .getMatchedCount()
        == 1;
  }

  @Override
  public void cancel(String batch, Instant at) {
    batches.updateOne(
        eq("_id", batch), become(State.CANCELLED, at), new UpdateOptions().upsert(true));
  }

  private static Bson become(State state, Instant at) {
    return combine(set("gate", state.name()), set("at", Date.from(at)));
  }
}
