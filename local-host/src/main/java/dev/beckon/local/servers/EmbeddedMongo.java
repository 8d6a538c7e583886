package dev.beckon.local.servers;

import de.bwaldvogel.mongo.MongoServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * An in-memory MongoDB stand-in whose queries use indexes, so that a claim among 100,000 documents
 * costs what it costs on the real server. No sessions, transactions or pipeline updates; TTL
 * indexes delete nothing. Thread-safe: one lock a collection. All data is gone on {@link #close()}.
 */
public final class EmbeddedMongo implements AutoCloseable {

  private final MongoServer server;

  private EmbeddedMongo(MongoServer server) {
    this.server = server;
  }

  /** On a free port of loopback. */
  public static EmbeddedMongo start() {
    return start(0);
  }

  /**
   * Returns once connections are accepted.
   *
   * @param port of loopback; 0 takes a free one
   */
  public static EmbeddedMongo start(int port) {
    MongoServer server = new MongoServer(new IndexedBackend());
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return new EmbeddedMongo(server);
  }

  public int port() {
    return server.getLocalAddress().getPort();
  }

  /** For example {@code mongodb://127.0.0.1:40123}; has no database name. */
  public String connectionString() {
    return "mongodb://127.0.0.1:" + port();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
