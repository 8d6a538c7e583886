package dev.beckon.local.cloud;

import dev.beckon.local.lambda.DeployableJar;
import dev.beckon.local.lambda.LocalLambda;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The whole module at work on one machine: a local cloud and what does the work on it. */
public final class Site implements AutoCloseable {
  private final LocalCloud<?> cloud;
  private final Workers workers;

  private Site(LocalCloud<?> cloud, Workers workers) {
    this.cloud = cloud;
    this.workers = workers;
  }

  /**
   * What is started.
   *
   * @param megabytes heap of the worker process, of each function or of the functions host
   * @param home the checkout
   * @param objects where the bucket's objects lie; null keeps them in memory
   */
  public record Plan(
      Runner runner, LocalCloud.Options cloud, int megabytes, Path home, @Nullable Path objects) {}

  /**
   * Starts everything.
   *
   * @param say told what is started
   */
  public static Site start(Plan plan, Consumer<String> say) throws IOException {
    return switch (plan.runner()) {
      case WORKER -> onAws(plan, say, cloud -> worker(plan, cloud));
      case LAMBDA -> onAws(plan, say, cloud -> lambda(plan, cloud, say));
      case FUNCTIONS -> onAzure(plan, say);
    };
  }

  private static Site onAws(Plan plan, Consumer<String> say, Hiring<AwsSide> hiring)
      throws IOException {
    say.accept("Starting " + store(plan) + "SQS, S3 and SMTP servers on loopback …");
    return start(plan, () -> AwsSide.start(Duration.ofMinutes(2), 2, plan.objects()), hiring);
  }

  private static Site onAzure(Plan plan, Consumer<String> say) throws IOException {
    Path app = FunctionsWorkers.stagedIn(plan.home());
    say.accept(
        "Starting " + store(plan) + "Azure Storage (Azurite) and SMTP servers on loopback …");
    return start(
        plan,
        () -> AzureSide.start(plan.cloud().ports().door(), plan.objects()),
        cloud -> {
          say.accept(
              "The staged function app runs in a process of its own, by the Functions host's rules …");
          return FunctionsWorkers.start(
              cloud, app, plan.cloud().folder().resolve("functions-host.log"), plan.megabytes());
        });
  }

  private static String store(Plan plan) {
    return plan.cloud().store() == null ? "MongoDB, " : "";
  }

  private static <S extends CloudSide> Site start(
      Plan plan, CloudSide.Starter<S> side, Hiring<S> hiring) throws IOException {
    LocalCloud<S> cloud = LocalCloud.start(plan.cloud(), side);
    try {
      return new Site(cloud, hiring.on(cloud));
    } catch (IOException | RuntimeException e) {
      cloud.close();
      throw e;
    }
  }

  private static Workers worker(Plan plan, LocalCloud<AwsSide> cloud) throws IOException {
    return WorkerProcess.start(
        cloud, plan.cloud().folder().resolve("worker.log"), plan.megabytes(), Map.of());
  }

  private static Workers lambda(Plan plan, LocalCloud<AwsSide> cloud, Consumer<String> say)
      throws IOException {
    say.accept("Each function gets its own process at its first event, as on Lambda …");
    return LambdaWorkers.start(
        cloud,
        LocalLambda.deploy(
            DeployableJar.in(plan.home()),
            plan.cloud().folder(),
            plan.megabytes(),
            cloud.workerEnvironment()));
  }

  public LocalCloud<?> cloud() {
    return cloud;
  }

  /** Whatever does the work. */
  public Workers workers() {
    return workers;
  }

  /** Stops what works before what it works on. */
  @Override
  public void close() {
    try {
      workers.close();
    } finally {
      cloud.close();
    }
  }
}
