package dev.beckon.local.demo;

import dev.beckon.config.ConfigKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A worker in a process of its own, so that its memory is bounded and it can be killed. */
public final class WorkerProcess implements AutoCloseable {
  private final LocalCloud cloud;
  private final Path log;
  private final int megabytes;
  private final Map<String, String> extra;
  private Process process;

  private WorkerProcess(LocalCloud cloud, Path log, int megabytes, Map<String, String> extra)
      throws IOException {
    this.cloud = cloud;
    this.log = log;
    this.megabytes = megabytes;
    this.extra = extra;
    this.process = spawn();
  }

  /**
   * Starts a worker.
   *
   * @param log takes its output
   * @param megabytes its heap at the most
   * @param extra environment variables beside the cloud's
   */
  public static WorkerProcess start(
      LocalCloud cloud, Path log, int megabytes, Map<String, String> extra) throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    return new WorkerProcess(cloud, log, megabytes, extra);
  }

  /** The process's number. */
  public long pid() {
    return process.pid();
  }

  /** Starts the worker again if it died; says whether it had to. */
  public boolean revive() throws IOException {
    if (process.isAlive()) {
      return false;
    }
    process = spawn();
    return true;
  }

  /** Ends the worker as a crash does (SIGKILL). */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private Process spawn() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + megabytes + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("dev.beckon.local.cli.Main");
    command.add("worker");
    command.addAll(cloud.worker().toArguments());
    ProcessBuilder builder = new ProcessBuilder(command);
    // What steers the command is none of the handlers' keys, and they refuse keys they do not know.
    builder
        .environment()
        .keySet()
        .removeIf(name ->
            name.startsWith(ConfigKey.PREFIX) && !name.equals(ConfigKey.LOG_LEVEL.variable()));
    builder.environment().putAll(cloud.workerEnvironment());
    builder.environment().putAll(extra);
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return builder.start();
  }

  /** Asks the worker to end, and ends it by force if it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(15, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
