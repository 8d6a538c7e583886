package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
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
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;

/** Contacts in the collection {@code contacts}. */
public final class MongoContacts implements Contacts {
  private final MongoCollection<Document> contacts;

  public MongoContacts(MongoConnection connection) {
    this.contacts = connection.collection("contacts");
  }

  @Override
  public Set<String> take(List<Contact> wanted, Instant now) {
    List<RawBsonDocument> conditions =
        Raw.each(wanted, 320, (condition, contact) -> freeOrOwn(condition, contact, now));
    List<RawBsonDocument> changes = Raw.each(wanted, 128, MongoContacts::taken);
    UpdateOptions upsert = new UpdateOptions().upsert(true);
    List<WriteModel<Document>> writes = new ArrayList<>(wanted.size());
    for (int i = 0; i < wanted.size(); i++) {
      writes.add(new UpdateOneModel<>(conditions.get(i), changes.get(i), upsert));
    }
    Set<String> refused = new HashSet<>();
    for (int position : Bulk.write(contacts, writes)) {
      refused.add(wanted.get(position).id());
    }
    return refused;
  }

  private static void freeOrOwn(Raw condition, Contact contact, Instant now) {
    condition.text("_id", contact.id()).array("$or");
    condition.document("0").document("until").date("$lte", now).end().end();
    condition.document("1").text("by", contact.by()).end();
    condition.end();
  }

  private static void taken(Raw change, Contact contact) {
    change.document("$set").text("by", contact.by()).end();
    change.document("$max").date("until", contact.until()).end();
  }

  @Override
  public Map<String, Contact> read(Collection<String> ids) {
    Map<String, Contact> read = HashMap.newHashMap(ids.size());
    if (!ids.isEmpty()) {
      RawFields fields = new RawFields();
      contacts
          .find(Raw.idIn(ids), RawBsonDocument.class)
          .batchSize(ids.size())
          .map(document -> contact(fields.of(document)))
          .forEach(contact -> read.put(contact.id(), contact));
    }
    return read;
  }

  private static Contact contact(RawFields fields) {
    return new Contact(fields.text("_id"), fields.text("by"), fields.date("until"));
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

  @Override
  public void delete(Collection<String> ids) {
    if (!ids.isEmpty()) {
      contacts.deleteMany(in("_id", ids));
    }
  }

  @Override
  public int deleteOver(Instant before, int limit) {
    Bson over = lt("until", Date.from(before));
    List<String> ids =
        contacts
            .find(over)
            .projection(Projections.include("_id"))
            .limit(limit)
            .map(document -> document.getString("_id"))
            .into(new ArrayList<>());
    // One that was taken again since is left alone.
    return ids.isEmpty()
        ? 0
        : (int) contacts.deleteMany(and(in("_id", ids), over)).getDeletedCount();
  }
}
