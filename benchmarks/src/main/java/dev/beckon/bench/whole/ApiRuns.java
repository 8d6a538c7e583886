package dev.beckon.bench.whole;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.OperatingSystemMXBean;
import dev.beckon.access.KeyGrant;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.account.Account;
import dev.beckon.bench.api.LoadMain;
import dev.beckon.bench.api.LoadOrder;
import dev.beckon.bench.api.LoadSeen;
import dev.beckon.bench.worker.BenchAccount;
import dev.beckon.bench.worker.MadeUp;
import dev.beckon.intake.IntakeRequest;
import dev.beckon.local.cloud.AwsSide;
import dev.beckon.parcel.Lane;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Requests to the HTTP door of {@code ./beckon serve}, which runs in this process with all emulated
 * servers; the load comes from a process of its own. Used by one thread.
 */
public final class ApiRuns implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PLANTED = 1_000;

  private final LocalRun<AwsSide> run;
  private final double warmUpSeconds;
  private final double seconds;
  private final String key;
  private int started;

  /**
   * Starts the servers; nothing that is accepted is sent yet.
   *
   * @param folder takes logs and secrets
   * @param warmUpSeconds of each run
   * @param seconds of each run that are counted
   */
  public ApiRuns(Path folder, double warmUpSeconds, double seconds) throws IOException {
    this.run = LocalRun.onAws(folder.resolve("api"), 2);
    this.warmUpSeconds = warmUpSeconds;
    this.seconds = seconds;
    run.configure(run.account(1)); // no text is sent here
    this.key =
        run.cloud()
            .application()
            .keys()
            .issue(
                BenchAccount.ID,
                new KeyGrant(
                    "bench",
                    KeyKind.LIVE,
                    Set.of(Scope.DISPATCH, Scope.READ),
                    Set.of(),
                    KeyGrant.MOST_PER_MINUTE,
                    null),
                "the benchmark")
            .text()
            .reveal();
    plant();
  }

  private void plant() {
    Account account = run.stores().accounts().find(BenchAccount.ID).orElseThrow();
    run.cloud()
        .application()
        .intake()
        .accept(
            new IntakeRequest(
                account,
                account.requireDispatch("mail-0"),
                LoadOrder.PLANTED,
                "0",
                Lane.BULK,
                Instant.now(),
                MadeUp.rows(PLANTED)));
  }

  /**
   * A run.
   *
   * @param cpuMillis processor time of the servers for each request: the door, the core, the store
   *     and the queues
   */
  public record Run(LoadSeen seen, double cpuMillis) {}

  /** A worker process sends from now on what is accepted. */
  public void work() throws IOException {
    run.workers(1);
  }

  /**
   * Hands in invitations.
   *
   * @param rows of each request
   * @param wrongKeys a second, beside
   */
  public Run handIn(int rows, int connections, int wrongKeys)
      throws IOException, InterruptedException {
    return load(LoadOrder.Kind.HAND_IN, rows, connections, wrongKeys);
  }

  /** Reads single invitations. */
  public Run read(int connections) throws IOException, InterruptedException {
    return load(LoadOrder.Kind.READ, 0, connections, 0);
  }

  private Run load(LoadOrder.Kind kind, int rows, int connections, int wrongKeys)
      throws IOException, InterruptedException {
    long cpuBefore = cpuNanos();
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LoadMain.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      try (OutputStream order = process.getOutputStream()) {
        JSON.writeValue(
            order,
            new LoadOrder(
                kind,
                "load" + ++started,
                URI.create(run.cloud().publicUrl()).getPort(),
                key,
                connections,
                rows,
                PLANTED,
                warmUpSeconds,
                seconds,
                wrongKeys));
      }
      byte[] printed = process.getInputStream().readAllBytes();
      int code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException("the load process ended with code " + code);
      }
      LoadSeen seen = JSON.readValue(printed, LoadSeen.class);
      return new Run(seen, (cpuNanos() - cpuBefore) / 1e6 / Math.max(1, seen.all()));
    } finally {
      process.destroyForcibly();
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  @Override
  public void close() {
    run.close();
  }
}
