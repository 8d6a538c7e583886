package dev.beckon.bed;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bson.RawBsonDocument;

/** Everything that a database holds, as bytes to search. */
public final class StoreDump {
  private StoreDump() {}

  /** Every document of every collection, by collection and id. */
  public static Map<String, byte[]> of(MongoDatabase database) {
    Map<String, byte[]> dump = new LinkedHashMap<>();
    for (String name : database.listCollectionNames()) {
      for (RawBsonDocument document : database.getCollection(name, RawBsonDocument.class).find()) {
        byte[] bytes = new byte[document.getByteBuffer().remaining()];
        document.getByteBuffer().get(bytes);
        dump.put(name + "/" + document.get("_id"), bytes);
      }
    }
    return dump;
  }

  /** The same of a database that another process or class holds. */
  public static Map<String, byte[]> of(String uri, String database) {
    try (MongoClient client = MongoClients.create(uri)) {
      return of(client.getDatabase(database));
    }
  }
}
