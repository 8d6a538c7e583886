package dev.beckon.mongo;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.UUID;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A database of its own for each test, empty and indexed: of a server in this process on a free
 * loopback port, or of the one that the run names (module {@code aws-handlers/platform-tests}).
 */
final class MongoServerExtension implements BeforeEachCallback, AfterEachCallback {
  private static final String REAL = "beckon.test.mongodb";

  private MongoServer server;
  private MongoConnection connection;
  private String database = "beckon";

  MongoConnection connection() {
    return connection;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    String missing = System.getProperty(REAL + ".missing");
    if (missing != null) {
      Assumptions.abort("skipped: " + missing);
    }
    String uri = System.getProperty(REAL);
    if (uri == null) {
      server = new MongoServer(new MemoryBackend());
      uri = server.bindAndGetConnectionString();
    } else {
      database = "beckon-" + UUID.randomUUID();
    }
    connection = new MongoConnection(uri, database);
    connection.migrate();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (connection != null) {
      connection.close();
    }
    if (server != null) {
      server.shutdownNow();
    } else if (System.getProperty(REAL) != null) {
      try (MongoClient client = MongoClients.create(System.getProperty(REAL))) {
        client.getDatabase(database).drop();
      }
    }
  }
}
