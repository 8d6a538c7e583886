package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import dev.beckon.notices.NoticeStore;
import dev.beckon.notices.Standing;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;

/** How far notices have told, in the collection {@code notices}: one small document each. */
public final class MongoNoticeStore implements NoticeStore {
  private final MongoCollection<Document> notices;

  public MongoNoticeStore(MongoConnection connection) {
    this.notices = connection.collection("notices");
  }

  @Override
  public Map<String, Standing> load(Collection<String> ids) {
    Map<String, Standing> found = new HashMap<>();
    for (Document stored : notices.find(in("_id", ids))) {
      found.put(stored.getString("_id"), standing(stored));
    }
    return found;
  }

  @Override
  public void begin(String id, Instant at) {
    Bulk.insertNew(notices, List.of(document(id, Standing.begun(at))));
  }

  @Override
  public boolean replace(String id, Standing next) {
    return notices
            .replaceOne(and(eq("_id", id), eq("version", next.version() - 1)), document(id, next))
            .getMatchedCount()
        == 1;
  }

  private static Document document(String id, Standing standing) {
    Document behind = new Document();
    standing.behind().forEach((address, since) -> behind.append(address, Date.from(since)));
    Instant telling = standing.telling();
    return new Document("_id", id)
        .append("version", standing.version())
        .append("toldUntil", Date.from(standing.toldUntil()))
        .append("behind", behind)
        .append("heldUntil", Date.from(standing.heldUntil()))
        .append("telling", telling == null ? null : Date.from(telling));
  }

  private static Standing standing(Document stored) {
    Document behind = stored.get("behind", new Document());
    Map<String, Instant> since = new HashMap<>();
    behind.keySet().forEach(address -> since.put(address, behind.getDate(address).toInstant()));
    Date telling = stored.getDate("telling");
    return new Standing(
        Fields.number(stored, "version"),
        stored.getDate("toldUntil").toInstant(),
        since,
        stored.getDate("heldUntil").toInstant(),
        telling == null ? null : telling.toInstant());
  }
}
