package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.max;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import dev.beckon.pace.PaceStore;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Lines of time in the collection {@code paces}. */
public final class MongoPaceStore implements PaceStore {
  /** Others may be quicker between two steps of ours as often. */
  private static final int TRIES = 5;

  private final MongoCollection<Document> paces;

  public MongoPaceStore(MongoConnection connection) {
    this.paces = connection.collection("paces");
  }

  @Override
  public Answer book(String line, Wish wish) {
    Bson count = inc("used", (long) wish.recipients());
    Bson fits =
        and(
            eq("_id", line),
            // a worker whose clock is behind at midnight must not count on yesterday again
            gte("day", wish.day()),
            lte("used", wish.quota() - wish.recipients()));
    for (int i = 0; i < TRIES; i++) {
      Document before =
          paces.findOneAndUpdate(
              and(fits, gte("next", wish.earliest()), lte("next", wish.latest())),
              combine(inc("next", wish.length()), count));
      if (before != null) {
        return booked(Fields.number(before, "next"), before);
      }
      before =
          paces.findOneAndUpdate(
              and(fits, lt("next", wish.earliest())),
              combine(set("next", wish.earliest() + wish.length()), count));
      if (before != null) {
        return booked(wish.earliest(), before);
      }
      Answer no = refusal(line, wish);
      if (no != null) {
        return no;
      }
    }
    return new Answer.Later(wish.latest() + 1);
  }

  /** Why a wish did not come true; null when it may now. */
  private @Nullable Answer refusal(String line, Wish wish) {
    Document stored = paces.find(eq("_id", line)).first();
    if (stored == null) {
      Bulk.insertNew(paces, List.of(fresh(line, wish.earliest(), wish.day())));
      return null;
    }
    long day = Fields.number(stored, "day");
    if (day < wish.day()) {
      paces.updateOne(
          and(eq("_id", line), eq("day", day)), combine(set("day", wish.day()), set("used", 0L)));
      return null;
    }
    long left = Math.max(0, wish.quota() - Fields.number(stored, "used"));
    if (left < wish.recipients()) {
      return new Answer.Spent((int) left);
    }
    long next = Fields.number(stored, "next");
    return next > wish.latest() ? new Answer.Later(next) : null;
  }

  private static Answer booked(long start, Document line) {
    return new Answer.Booked(start, line.getDouble("share"), Fields.number(line, "adapted"));
  }

  private static Document fresh(String line, long next, long day) {
    return new Document("_id", line)
        .append("next", next)
        .append("day", day)
        .append("used", 0L)
        .append("share", 1.0)
        .append("adapted", 0L);
  }

  @Override
  public void giveBack(String line, long end, long from, int recipients) {
    Bson count = inc("used", (long) -recipients);
    boolean last =
        paces
                .updateOne(and(eq("_id", line), eq("next", end)), combine(set("next", from), count))
                .getMatchedCount()
            == 1;
    if (!last && recipients > 0) {
      paces.updateOne(eq("_id", line), count);
    }
  }

  @Override
  public long hold(String line, long until, long day) {
    FindOneAndUpdateOptions after =
        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);
    Document held = paces.findOneAndUpdate(eq("_id", line), max("next", until), after);
    if (held == null) {
      Bulk.insertNew(paces, List.of(fresh(line, until, day)));
      held = paces.findOneAndUpdate(eq("_id", line), max("next", until), after);
    }
    return held == null ? until : Fields.number(held, "next");
  }

  @Override
  public void adapt(String line, long seen, double share, long now) {
    paces.updateOne(
        and(eq("_id", line), eq("adapted", seen)),
        combine(set("share", share), set("adapted", now)));
  }
}
