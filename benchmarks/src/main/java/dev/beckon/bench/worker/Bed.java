package dev.beckon.bench.worker;

import dev.beckon.app.Application;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.vendors.Vendors;
import java.util.Map;

/** The real core on the sinks, with the account of the benchmarks. */
final class Bed implements AutoCloseable {
  private final BenchPlatform platform;
  private final Application application;
  private final SinkCounts counts;

  Bed(Order order) {
    this.platform = new BenchPlatform(order.folder());
    this.application =
        Application.start(RuntimeConfig.of(environment(order)), platform, Vendors.catalog());
    this.counts = new SinkCounts(order.place("store"));
    application.migrate();
    application.configure(BenchAccount.json(order.places()));
  }

  Application application() {
    return application;
  }

  BenchPlatform platform() {
    return platform;
  }

  SinkCounts counts() {
    return counts;
  }

  /** Queues and bucket are the platform's own: their names lead nowhere. */
  private static Map<String, String> environment(Order order) {
    return Map.of(
        ConfigKey.MONGO_URI.variable(), order.place("store"),
        ConfigKey.BUCKET.variable(), "bench",
        ConfigKey.FILES_QUEUE.variable(), "files",
        ConfigKey.CHUNK_QUEUE.variable(), "chunks",
        ConfigKey.PRIORITY_QUEUE.variable(), "priority",
        ConfigKey.BULK_QUEUE.variable(), "bulk",
        ConfigKey.PUBLIC_URL.variable(), "https://beckon.example",
        ConfigKey.SECRETS.variable(), "file:none");
  }

  @Override
  public void close() {
    counts.close();
    application.close();
  }
}
