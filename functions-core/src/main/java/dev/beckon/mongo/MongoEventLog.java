package dev.beckon.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;

/** Events in the collection {@code events}; the id is the event's key, so a repeat is ignored. */
public final class MongoEventLog implements EventLog {
  private final MongoCollection<Document> events;

  public MongoEventLog(MongoConnection connection) {
    this.events = connection.collection("events");
  }

  @Override
  public void write(Event event) {
    Bulk.insertNew(
        events,
        List.of(
            new Document("_id", event.key())
                .append("at", Date.from(event.at()))
                .append("level", event.level().name())
                .append("code", event.code())
                .append("account", event.account())
                .append("message", event.message())));
  }

  @Override
  public List<Event> newest(int limit) {
    return events
        .find()
        .sort(Sorts.descending("at"))
        .limit(limit)
        .map(document ->
            new Event(
                document.getDate("at").toInstant(),
                Event.Level.valueOf(document.getString("level")),
                document.getString("code"),
                document.getString("_id"),
                document.getString("account"),
                document.getString("message")))
        .into(new ArrayList<>());
  }
}
