package dev.beckon.bench.worker;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.bson.Document;

/** Asks the sinks what arrived. Thread-safe. */
final class SinkCounts implements AutoCloseable {
  private final MongoClient client;

  SinkCounts(String store) {
    this.client = MongoClients.create(store);
  }

  Document read() {
    return client.getDatabase("beckon").runCommand(new Document("benchCounts", 1));
  }

  long of(String name) {
    return read().getLong(name);
  }

  @Override
  public void close() {
    client.close();
  }
}
