package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.events.EventPlace;
import dev.beckon.events.EventQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

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
  public List<Event> find(EventQuery query, @Nullable EventPlace after, int limit) {
    List<Bson> filters = new ArrayList<>();
    String account = query.account();
    if (account != null) {
      filters.add(eq("account", account));
    }
    filters.add(
        in(
            "level",
            EnumSet.range(query.least(), Event.Level.FAILURE).stream().map(Enum::name).toList()));
    if (!query.codes().isEmpty()) {
      filters.add(in("code", query.codes()));
    }
    Instant since = query.since();
    if (since != null) {
      filters.add(gte("at", Date.from(since)));
    }
    Instant until = query.until();
    if (until != null) {
      filters.add(lt("at", Date.from(until)));
    }
    if (after != null) {
      Date at = Date.from(after.at());
      filters.add(or(lt("at", at), and(eq("at", at), lt("_id", after.key()))));
    }
    return events
        .find(and(filters))
        .sort(Sorts.descending("at", "_id"))
        .limit(limit)
        .map(MongoEventLog::event)
        .into(new ArrayList<>());
  }

  @Override
  public List<Event> newest(int limit) {
    return events
        .find()
        .sort(Sorts.descending("at"))
        .limit(limit)
        .map(MongoEventLog::event)
        .into(new ArrayList<>());
  }

  private static Event event(Document document) {
    return new Event(
        document.getDate("at").toInstant(),
        Event.Level.valueOf(document.getString("level")),
        document.getString("code"),
        document.getString("_id"),
        document.getString("account"),
        document.getString("message"));
  }
}
