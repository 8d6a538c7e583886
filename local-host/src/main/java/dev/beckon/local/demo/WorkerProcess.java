package dev.beckon.local.demo;

import dev.beckon.config.ConfigKey;
import dev.beckon.local.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A worker in a process of its own, so that its memory is bounded and it can be killed. */
public final class WorkerProcess implements Workers {
  private final LocalCloud<AwsSide> cloud;
  private final Launch launch;
  private Process process;

  private WorkerProcess(LocalCloud<AwsSide> cloud, Launch launch) throws IOException {
    this.cloud = cloud;
    this.launch = launch;
    this.process = spawn();
  }

  /**
   * How a worker is started.
   *
   * @param log takes its output
   * @param megabytes its heap at the most
   * @param jvm options of its virtual machine beside those every worker has
   * @param extra environment variables beside the cloud's
   */
  public record Launch(
      WorkerSettings settings,
      Path log,
      int megabytes,
      List<String> jvm,
      Map<String, String> extra) {
    public Launch {
      jvm = List.copyOf(jvm);
      extra = Map.copyOf(extra);
    }
  }

  /**
   * Starts a worker with the cloud's own settings.
   *
   * @param log takes its output
   * @param megabytes its heap at the most
   * @param extra environment variables beside the cloud's
   */
  public static WorkerProcess start(
      LocalCloud<AwsSide> cloud, Path log, int megabytes, Map<String, String> extra)
      throws IOException {
    return start(cloud, new Launch(cloud.side().worker(), log, megabytes, List.of(), extra));
  }

  /** Starts a worker. */
  public static WorkerProcess start(LocalCloud<AwsSide> cloud, Launch launch) throws IOException {
    Path folder = launch.log().toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return new WorkerProcess(cloud, launch);
  }

  /** The process's number. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
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

  /** Freezes the worker where it stands (SIGSTOP); POSIX systems only. */
  public void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** Lets a frozen worker go on (SIGCONT). */
  public void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", name, Long.toString(pid())).start().waitFor();
    if (code != 0 && process.isAlive()) {
      throw new IOException("kill " + name + " of worker " + pid() + " ended with " + code);
    }
  }

  private Process spawn() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + launch.megabytes() + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.addAll(launch.jvm());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("dev.beckon.local.cli.Main");
    command.add("worker");
    command.addAll(launch.settings().toArguments());
    ProcessBuilder builder = new ProcessBuilder(command);
    // What steers the command is none of the handlers' keys, and they refuse keys they do not know.
    builder
        .environment()
        .keySet()
        .removeIf(name ->
            name.startsWith(ConfigKey.PREFIX) && !name.equals(ConfigKey.LOG_LEVEL.variable()));
    builder.environment().putAll(cloud.workerEnvironment());
    builder.environment().putAll(launch.extra());
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
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
