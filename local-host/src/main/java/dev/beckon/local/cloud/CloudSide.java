package dev.beckon.local.cloud;

import dev.beckon.app.Platform;
import dev.beckon.config.RuntimeConfig;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** What one cloud supplies to a local run: its queues, its bucket, and the core's way to both. */
public interface CloudSide extends AutoCloseable {

  /** Starts the servers of a cloud. */
  @FunctionalInterface
  interface Starter<S extends CloudSide> {
    S start() throws IOException;
  }

  /** The environment variables that handlers read on this cloud, beside those of every cloud. */
  Map<String, String> environment();

  /**
   * Where this cloud's own workers answer requests; empty where requests are taken in this process
   * and handed on.
   */
  Optional<URI> door();

  /** The core's platform over these servers; closed by whoever asked for it. */
  Platform platform(RuntimeConfig config);

  @Override
  void close();
}
