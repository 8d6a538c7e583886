package dev.beckon.bed;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.beckon.telemetry.Telemetry;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database server in memory on loopback, one for each test class that registers it. */
public final class MongoHost implements BeforeAllCallback, AfterAllCallback {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private MongoServer server;

  @Override
  public void beforeAll(ExtensionContext context) {
    server = new MongoServer(new MemoryBackend());
    server.bind();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    server.shutdownNow();
  }

  /** Everything wired on a database of its own. */
  public World world() {
    return new World(server.getConnectionString(), "t" + DATABASES.incrementAndGet());
  }

  /** The whole application on a database of its own. */
  public Plant plant() {
    return plant(Telemetry.NONE);
  }

  /** The whole application on a database of its own, whose figures and traces go there. */
  public Plant plant(Telemetry telemetry) {
    return new Plant(server.getConnectionString(), "t" + DATABASES.incrementAndGet(), telemetry);
  }
}
