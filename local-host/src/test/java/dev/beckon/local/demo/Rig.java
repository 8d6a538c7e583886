package dev.beckon.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.app.Stores;
import dev.beckon.invitation.InvitationState;
import dev.beckon.local.cloud.AwsSide;
import dev.beckon.local.cloud.LocalCloud;
import dev.beckon.local.cloud.WorkerProcess;
import dev.beckon.local.installation.AccountFile;
import dev.beckon.local.servers.SqsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A local cloud with the sample account, for tests that run the whole way in real processes. */
public final class Rig implements AutoCloseable {
  public static final Path SAMPLES = Path.of("..", "samples");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  public final LocalCloud<AwsSide> cloud;
  private final Path folder;
  private final List<WorkerProcess> workers = new ArrayList<>();

  private Rig(LocalCloud<AwsSide> cloud, Path folder) {
    this.cloud = cloud;
    this.folder = folder;
  }

  /** Starts the servers, no worker yet. */
  public static Rig start(Path folder, double fail, double throttle, Duration latency)
      throws IOException {
    LocalCloud<AwsSide> cloud =
        LocalCloud.start(
            new LocalCloud.Options(folder, fail, throttle, latency),
            () -> AwsSide.start(Duration.ofSeconds(30), 2));
    Rig rig = new Rig(cloud, folder);
    rig.cloud.application().configure(account(rig, fail, throttle));
    return rig;
  }

  /** The sample account, its vendors with a time-out that fits the short functions of a test. */
  private static String account(Rig rig, double fail, double throttle) throws IOException {
    String json =
        AccountFile.read(
            SAMPLES.resolve("account.json"),
            rig.cloud.placeholders(),
            Map.of("failRate", "" + fail, "throttleRate", "" + throttle));
    ObjectNode root = (ObjectNode) JsonMapper.builder().build().readTree(json);
    for (JsonNode vendor : root.path("vendorAccounts")) {
      ((ObjectNode) vendor.path("settings")).put("timeout", "PT5S");
    }
    return root.toString();
  }

  /** The sample account with vendors of one's own, changed as a test needs it. */
  public void configure(Map<String, String> vendors, Consumer<ObjectNode> change)
      throws IOException {
    Map<String, String> placeholders = new HashMap<>(cloud.placeholders());
    placeholders.putAll(vendors);
    String json = AccountFile.read(SAMPLES.resolve("account.json"), placeholders, Map.of());
    ObjectNode root = (ObjectNode) JsonMapper.builder().build().readTree(json);
    change.accept(root);
    cloud.application().configure(root.toString());
  }

  WorkerProcess worker() throws IOException {
    return worker(Map.of());
  }

  public WorkerProcess worker(Map<String, String> extra) throws IOException {
    WorkerProcess worker =
        WorkerProcess.start(cloud, folder.resolve("worker-" + workers.size() + ".log"), 512, extra);
    workers.add(worker);
    return worker;
  }

  public void drop(String key, String content) {
    cloud.bucket().write(key, content.getBytes(StandardCharsets.UTF_8));
  }

  public void drop(String key, byte[] content) {
    cloud.bucket().write(key, content);
  }

  SampleRows.Expected dropCustomers(String name, long rows) throws IOException {
    try (OutputStream out = cloud.bucket().writer("store-visits/incoming/" + name)) {
      return SampleRows.writeCustomers(out, rows, 7);
    }
  }

  public Stores stores() {
    return cloud.application().stores();
  }

  public SqsClient sqs() {
    return SqsServer.clientFor(cloud.side().worker().sqs());
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

  /** Waits until so many imports and all their rows have ended. */
  public void await(int imports) {
    untilFinished(imports);
  }

  Progress untilFinished(int imports) {
    return until("all is final", progress -> progress.finished(imports));
  }

  List<String> sumsThatDisagree(Progress end) {
    return new LedgerCheck(end, new VendorNames(stores().accounts())).problems(cloud.farEnds());
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
