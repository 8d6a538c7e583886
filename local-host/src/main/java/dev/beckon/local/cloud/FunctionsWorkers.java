package dev.beckon.local.cloud;

import dev.beckon.local.functions.FunctionsHostProcess;
import dev.beckon.local.functions.FunctionsHostSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The staged function app in a functions host's process, which does all the work on Azure: queues,
 * timers and requests.
 */
public final class FunctionsWorkers implements Workers {
  private static final Path STAGED =
      Path.of("azure-handlers", "target", "azure-functions", "beckon");

  /** Failed messages come back after 12 s, not after two minutes: somebody waits for the run. */
  private static final int SOONER = 10;

  /** As often as the AWS worker's. */
  private static final Duration SWEEP = Duration.ofSeconds(2);

  private static final Duration START = Duration.ofMinutes(2);

  private final FunctionsHostProcess process;

  private FunctionsWorkers(FunctionsHostProcess process) {
    this.process = process;
  }

  /**
   * The folder of the app that a checkout's build staged.
   *
   * @throws IllegalStateException saying how it is made, where it is not there
   */
  public static Path stagedIn(Path home) {
    Path staged = home.resolve(STAGED);
    if (!Files.isReadable(staged.resolve("host.json"))) {
      throw new IllegalStateException(staged + " is missing; ./mvnw -DskipTests package makes it");
    }
    return staged;
  }

  /**
   * Starts a host and waits until it answers.
   *
   * @param log takes its output
   * @param megabytes its heap at the most
   */
  public static FunctionsWorkers start(
      LocalCloud<AzureSide> cloud, Path app, Path log, int megabytes) throws IOException {
    FunctionsHostProcess process =
        new FunctionsHostProcess(
            FunctionsHostSettings.of(app)
                .on(cloud.side().port())
                .faster(SOONER)
                .withTimersEvery(SWEEP),
            log,
            megabytes,
            List.of(),
            cloud.workerEnvironment());
    try {
      process.awaitListening(START);
      return new FunctionsWorkers(process);
    } catch (IOException | RuntimeException e) {
      process.close();
      throw e;
    } catch (InterruptedException e) {
      process.close();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the functions host starts", e);
    }
  }

  @Override
  public boolean revive() throws IOException {
    return process.revive();
  }

  @Override
  public void close() {
    process.close();
  }
}
