package dev.beckon.bench.whole;

import dev.beckon.app.Stores;
import dev.beckon.bench.worker.BenchAccount;
import dev.beckon.filedrop.Import;
import dev.beckon.local.Parts;
import dev.beckon.local.cloud.AwsSide;
import dev.beckon.local.cloud.AzureSide;
import dev.beckon.local.cloud.CloudSide;
import dev.beckon.local.cloud.FunctionsWorkers;
import dev.beckon.local.cloud.LocalCloud;
import dev.beckon.local.cloud.WorkerProcess;
import dev.beckon.local.cloud.Workers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A local cloud with the benchmarks' account and worker processes. Used by one thread. */
final class LocalRun<S extends CloudSide> implements AutoCloseable {
  private static final Duration FUNCTION = Duration.ofMinutes(2);
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final int MEGABYTES = 512;

  /** Writes a file's rows. */
  interface Rows {
    void write(OutputStream out) throws IOException;
  }

  private final Parts parts = new Parts();
  private final LocalCloud<S> cloud;
  private final Hands<S> hands;
  private final Path folder;

  /** Starts a worker process on a cloud. */
  private interface Hands<S extends CloudSide> {
    Workers hire(LocalCloud<S> cloud, Path log) throws IOException;
  }

  private LocalRun(Path folder, CloudSide.Starter<S> side, Hands<S> hands) throws IOException {
    this.folder = folder;
    this.hands = hands;
    this.cloud = parts.keep(LocalCloud.start(LocalCloud.Options.in(folder), side));
  }

  /**
   * Starts AWS's emulators, no worker yet.
   *
   * @param environments invocations of each bulk function at once, in every worker
   */
  static LocalRun<AwsSide> onAws(Path folder, int environments) throws IOException {
    return new LocalRun<>(
        folder,
        () -> AwsSide.start(FUNCTION, environments),
        (cloud, log) -> WorkerProcess.start(cloud, log, MEGABYTES, Map.of()));
  }

  /**
   * Starts Azure's emulator, no functions host yet; there can be one.
   *
   * @param app the staged folder
   */
  static LocalRun<AzureSide> onAzure(Path folder, Path app) throws IOException {
    return new LocalRun<>(
        folder,
        AzureSide::start,
        (cloud, log) -> FunctionsWorkers.start(cloud, app, log, MEGABYTES));
  }

  LocalCloud<S> cloud() {
    return cloud;
  }

  Stores stores() {
    return cloud.application().stores();
  }

  /** The benchmarks' account, its texts going to a port of loopback. */
  String account(int httpPort) {
    return BenchAccount.json(
        Map.of("mail0", Integer.toString(cloud.smtp().port()), "http", "" + httpPort));
  }

  void configure(String account) {
    cloud.application().configure(account);
  }

  void workers(int number) throws IOException {
    for (int i = 0; i < number; i++) {
      parts.keep(hands.hire(cloud, folder.resolve("worker-" + i + ".log")));
    }
  }

  /** Drops a file; its import is worked on at once. */
  void drop(String key, Rows rows) throws IOException {
    try (OutputStream out = cloud.bucket().writer(key)) {
      rows.write(out);
    }
  }

  /** Whether a number of imports have come to their end, and everything of them. */
  boolean isOver(int imports) {
    List<Import> found = stores().imports().newest(imports);
    return found.size() == imports
        && found.stream().allMatch(dropped -> dropped.state().isFinal())
        && found.stream().allMatch(dropped -> isSent(dropped.id()));
  }

  boolean isSent(String batch) {
    return stores().parcels().open(batch) == 0;
  }

  /** Looks now and then until something holds. */
  static void await(String what, java.util.function.BooleanSupplier holds)
      throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!holds.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException("waited " + PATIENCE + " in vain until " + what);
      }
      Thread.sleep(200);
    }
  }

  @Override
  public void close() {
    parts.close();
  }
}
