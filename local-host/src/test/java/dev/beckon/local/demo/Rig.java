package dev.beckon.local.demo;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.app.Stores;
import dev.beckon.invitation.InvitationState;
import dev.beckon.local.servers.SqsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A local cloud with the sample account, for tests that run the whole way in real processes. */
final class Rig implements AutoCloseable {
  static final Path SAMPLES = Path.of("..", "samples");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  final LocalCloud cloud;
  private final Path folder;
  private final List<WorkerProcess> workers = new ArrayList<>();

  private Rig(LocalCloud cloud, Path folder) {
    this.cloud = cloud;
    this.folder = folder;
  }

  /** Starts the servers, no worker yet. */
  static Rig start(Path folder, double fail, double throttle, Duration latency) throws IOException {
    LocalCloud cloud =
        LocalCloud.start(
            new LocalCloud.Options(folder, fail, throttle, latency, Duration.ofSeconds(30), 2));
    Rig rig = new Rig(cloud, folder);
    rig.cloud.application().configure(account(rig, fail, throttle));
    return rig;
  }

  /**
   * The sample account, its mail vendor with a time-out that fits the short functions of a test.
   */
  private static String account(Rig rig, double fail, double throttle) throws IOException {
    String json =
        AccountFile.read(
            SAMPLES.resolve("account.json"),
            rig.cloud.placeholders(),
            Map.of("failRate", "" + fail, "throttleRate", "" + throttle, "timeout", "PT5S"));
    ObjectNode root = (ObjectNode) JsonMapper.builder().build().readTree(json);
    ((ObjectNode) root.path("vendorAccounts").path("mail").path("settings")).put("timeout", "PT5S");
    return root.toString();
  }

  WorkerProcess worker() throws IOException {
    return worker(Map.of());
  }

  WorkerProcess worker(Map<String, String> extra) throws IOException {
    WorkerProcess worker =
        WorkerProcess.start(cloud, folder.resolve("worker-" + workers.size() + ".log"), 512, extra);
    workers.add(worker);
    return worker;
  }

  void drop(String key, String content) {
    cloud.bucket().write(key, content.getBytes(StandardCharsets.UTF_8));
  }

  void drop(String key, byte[] content) {
    cloud.bucket().write(key, content);
  }

  SampleRows.Expected dropCustomers(String name, long rows) throws IOException {
    try (OutputStream out = cloud.bucket().writer("store-visits/incoming/" + name)) {
      return SampleRows.writeCustomers(out, rows, 7);
    }
  }

  Stores stores() {
    return cloud.application().stores();
  }

  SqsClient sqs() {
    return SqsServer.clientFor(cloud.worker().sqs());
  }

  /** Looks until something holds. */
  Progress until(String what, Predicate<Progress> holds) {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      Progress progress = Progress.of(stores());
      if (holds.test(progress)) {
        return progress;
      }
      if (Instant.now().isAfter(end)) {
        throw new AssertionError(
            "waited in vain until " + what + ": " + progress.line() + " " + progress.imports());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  Progress untilFinished(int imports) {
    return until("all is final", progress -> progress.finished(imports));
  }

  List<String> sumsThatDisagree(Progress end) {
    return new LedgerCheck(end)
        .problems(cloud.smtp().ledger(), cloud.smtp().refused(), cloud.simulator().ledger());
  }

  static long rows(Progress progress, InvitationState state) {
    return progress.states().getOrDefault(state, 0L);
  }

  @Override
  public void close() {
    workers.forEach(WorkerProcess::close);
    cloud.close();
  }
}
