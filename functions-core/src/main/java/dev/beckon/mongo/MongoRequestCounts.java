package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import dev.beckon.access.RequestCounts;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Counted requests in the collection {@code requests}: one document for each caller. */
public final class MongoRequestCounts implements RequestCounts {
  /** Others may be quicker between two steps of ours as often. */
  private static final int TRIES = 5;

  private final MongoCollection<Document> requests;

  public MongoRequestCounts(MongoConnection connection) {
    this.requests = connection.collection("requests");
  }

  @Override
  public Taken take(String caller, long minute, int wanted, int most) {
    int asked = wanted;
    for (int i = 0; i < TRIES; i++) {
      Document after =
          requests.findOneAndUpdate(
              and(eq("_id", caller), gte("minute", minute), lte("used", (long) most - asked)),
              inc("used", (long) asked),
              new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
      if (after != null) {
        return new Taken(asked, (int) Fields.number(after, "used"));
      }
      Document stored = requests.find(eq("_id", caller)).first();
      if (stored == null) {
        Bulk.insertNew(
            requests,
            List.of(
                new Document("_id", caller)
                    .append("minute", minute)
                    .append("used", 0L)
                    .append("at", at(minute))));
      } else if (Fields.number(stored, "minute") < minute) {
        begin(caller, Fields.number(stored, "minute"), minute);
      } else {
        int used = (int) Fields.number(stored, "used");
        asked = Math.min(asked, most - used);
        if (asked <= 0) {
          return new Taken(0, used);
        }
      }
    }
    return new Taken(0, most);
  }

  private void begin(String caller, long before, long minute) {
    Bson anew = combine(set("minute", minute), set("used", 0L), set("at", at(minute)));
    requests.updateOne(and(eq("_id", caller), eq("minute", before)), anew);
  }

  private static Date at(long minute) {
    return Date.from(Instant.ofEpochSecond(minute * 60));
  }
}
