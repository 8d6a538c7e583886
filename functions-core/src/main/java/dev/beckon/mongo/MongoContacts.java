package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.max;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import dev.beckon.intake.Contacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;

/** Contacts in the collection {@code contacts}. */
public final class MongoContacts implements Contacts {
  private final MongoCollection<Document> contacts;

  public MongoContacts(MongoConnection connection) {
    this.contacts = connection.collection("contacts");
  }

  @Override
  public Set<String> take(List<Contact> wanted, Instant now) {
    List<WriteModel<Document>> writes = new ArrayList<>(wanted.size());
    for (Contact contact : wanted) {
      writes.add(
          new UpdateOneModel<>(
              and(
                  eq("_id", contact.id()),
                  or(lte("until", Date.from(now)), eq("by", contact.by()))),
              combine(set("by", contact.by()), max("until", Date.from(contact.until()))),
              new UpdateOptions().upsert(true)));
    }
    Set<String> refused = new HashSet<>();
    for (int position : Bulk.write(contacts, writes)) {
      refused.add(wanted.get(position).id());
    }
    return refused;
  }

  @Override
  public Map<String, Contact> read(Collection<String> ids) {
    Map<String, Contact> read = new HashMap<>();
    contacts
        .find(in("_id", ids))
        .forEach(document ->
            read.put(
                document.getString("_id"),
                new Contact(
                    document.getString("_id"),
                    document.getString("by"),
                    document.getDate("until").toInstant())));
    return read;
  }

  @Override
  public boolean takeOver(Contact asRead, String by, Instant until) {
    return contacts
            .updateOne(
                and(
                    eq("_id", asRead.id()),
                    eq("by", asRead.by()),
                    eq("until", Date.from(asRead.until()))),
                combine(set("by", by), set("until", Date.from(until))))
            .getMatchedCount()
        == 1;
  }
}
