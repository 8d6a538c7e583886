package dev.beckon.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexModel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/**
 * One client per process, set up for functions: few connections, short time-outs, majority writes.
 * Thread-safe.
 */
public final class MongoConnection implements AutoCloseable {
  /** Functions come in numbers: total connections are environments × this × hosts. */
  private static final int POOL = 8;

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  private final MongoClient client;
  private final MongoDatabase database;
  private final MongoClientSettings settings;

  /**
   * Connects lazily: the first operation finds out whether the server answers.
   *
   * @throws IllegalArgumentException when the connection string cannot be read; the message never
   *     repeats it, because it holds a password
   */
  public MongoConnection(String uri, String database) {
    ConnectionString connection;
    try {
      connection = new ConnectionString(uri);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the MongoDB connection string cannot be read: it must look like mongodb://user:password@host/admin,"
              + " and characters such as @ : / % in user or password must be percent-encoded (@ is %40)");
    }
    this.settings =
        MongoClientSettings.builder()
            .applyConnectionString(connection)
            .applicationName("beckon")
            .retryWrites(true)
            .writeConcern(WriteConcern.MAJORITY)
            .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(3, TimeUnit.SECONDS))
            .applyToConnectionPoolSettings(pool ->
                pool.maxSize(POOL)
                    .minSize(0)
                    .maxConnectionIdleTime(60, TimeUnit.SECONDS)
                    .maxWaitTime(5, TimeUnit.SECONDS))
            .applyToSocketSettings(socket ->
                socket.connectTimeout(3, TimeUnit.SECONDS).readTimeout(30, TimeUnit.SECONDS))
            .build();
    this.client = MongoClients.create(settings);
    this.database = client.getDatabase(database);
  }

  MongoCollection<Document> collection(String name) {
    return database.getCollection(name);
  }

  /** The collection as a majority of the replica set holds it. */
  MongoCollection<Document> majority(String name) {
    return collection(name).withReadConcern(ReadConcern.MAJORITY);
  }

  /** Every index this installation needs, by collection. */
  static Map<String, List<IndexModel>> declared() {
    return DeclaredIndexes.BY_COLLECTION;
  }

  Document command(Document command) {
    return database.runCommand(command);
  }

  boolean isEncrypted() {
    return settings.getSslSettings().isEnabled();
  }

  /** Whether every server it was told of is on this machine. */
  boolean isLocal() {
    return settings.getClusterSettings().getHosts().stream()
        .allMatch(host -> LOOPBACK.contains(host.getHost()));
  }

  /** Creates the declared indexes; those that exist are left as they are. */
  public void migrate() {
    DeclaredIndexes.BY_COLLECTION.forEach(
        (name, indexes) -> collection(name).createIndexes(indexes));
  }

  @Override
  public void close() {
    client.close();
  }
}
