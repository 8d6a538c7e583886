package dev.beckon.local.torture;

import dev.beckon.config.ConfigKey;
import dev.beckon.local.cloud.AwsSide;
import dev.beckon.local.cloud.LocalCloud;
import dev.beckon.local.cloud.WorkerProcess;
import dev.beckon.local.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The worker processes, each with a clock of its own error. Not thread-safe. */
final class Crew implements AutoCloseable {
  /** Two clocks so differ by what the protocol allows for: 60 s. */
  private static final int LARGEST_SKEW_SECONDS = 30;

  private static final int HEAP_MEGABYTES = 256;

  /** Messages reach their ten receives during an outage of seconds. */
  private static final Duration LONGEST_REDELIVERY = Duration.ofSeconds(1);

  private final LocalCloud<AwsSide> cloud;
  private final WorkerSettings settings;
  private final Map<String, String> environment;
  private final List<String> jvm;
  private final Path folder;
  private final RandomGenerator random;
  private final List<WorkerProcess> workers = new ArrayList<>();
  private int started;

  /**
   * @param store connection string the workers use
   * @param jvm options of the workers' virtual machines
   */
  Crew(
      LocalCloud<AwsSide> cloud,
      String store,
      SharedClock clock,
      List<String> jvm,
      Path folder,
      RandomGenerator random) {
    this.cloud = cloud;
    this.settings = cloud.side().worker().withLongestRedelivery(LONGEST_REDELIVERY);
    this.environment =
        Map.of(
            ConfigKey.MONGO_URI.variable(),
            store,
            ConfigKey.CLOCK_FILE.variable(),
            clock.file().toString());
    this.jvm = List.copyOf(jvm);
    this.folder = folder;
    this.random = random;
  }

  /** Starts workers until there are so many, each revived one with another clock. */
  void fill(int size) throws IOException {
    for (int i = 0; i < size; i++) {
      if (i == workers.size()) {
        workers.add(spawn());
      } else if (!workers.get(i).isAlive()) {
        workers.set(i, spawn());
      }
    }
  }

  int size() {
    return workers.size();
  }

  /** Workers started so far. */
  int started() {
    return started;
  }

  void kill(int worker) throws InterruptedException {
    workers.get(worker % workers.size()).kill();
  }

  void freeze(int worker) throws IOException, InterruptedException {
    workers.get(worker % workers.size()).freeze();
  }

  void thaw(int worker) throws IOException, InterruptedException {
    workers.get(worker % workers.size()).thaw();
  }

  private WorkerProcess spawn() throws IOException {
    int skew = random.nextInt(-LARGEST_SKEW_SECONDS, LARGEST_SKEW_SECONDS + 1);
    Map<String, String> extra = new HashMap<>(environment);
    extra.put(ConfigKey.CLOCK_SHIFT.variable(), Duration.ofSeconds(skew).toString());
    started++;
    return WorkerProcess.start(
        cloud,
        new WorkerProcess.Launch(
            settings,
            folder.resolve("worker-%03d.log".formatted(started)),
            HEAP_MEGABYTES,
            jvm,
            extra));
  }

  /** Lets every worker end what it has in hand. */
  @Override
  public void close() {
    workers.forEach(WorkerProcess::close);
  }
}
