package dev.beckon.mongo;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database server in this process, on a free loopback port, empty and indexed for each test. */
final class MongoServerExtension implements BeforeEachCallback, AfterEachCallback {
  private MongoServer server;
  private MongoConnection connection;

  MongoConnection connection() {
    return connection;
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    server = new MongoServer(new MemoryBackend());
    connection = new MongoConnection(server.bindAndGetConnectionString(), "beckon");
    connection.migrate();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    connection.close();
    server.shutdownNow();
  }
}
