package dev.beckon.local;

import dev.beckon.config.ConfigKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command of this program in a process of its own, so that its memory is bounded and it can be
 * killed. Not thread-safe.
 */
public class ChildProcess implements AutoCloseable {
  private final Launch launch;
  private Process process;

  /** Starts it. */
  protected ChildProcess(Launch launch) throws IOException {
    Path folder = launch.log().toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    this.launch = launch;
    this.process = spawn();
  }

  /**
   * How a process is started.
   *
   * @param arguments of this program, its command first
   * @param log takes its output
   * @param megabytes its heap at the most
   * @param jvm options of its virtual machine beside those every such process has
   * @param environment its variables, beside those of this process that are none of Beckon's
   */
  public record Launch(
      List<String> arguments,
      Path log,
      int megabytes,
      List<String> jvm,
      Map<String, String> environment) {
    public Launch {
      arguments = List.copyOf(arguments);
      jvm = List.copyOf(jvm);
      environment = Map.copyOf(environment);
    }
  }

  /** The process's number. */
  public final long pid() {
    return process.pid();
  }

  public final boolean isAlive() {
    return process.isAlive();
  }

  /** Starts it again if it died; says whether it had. */
  public final boolean revive() throws IOException {
    if (process.isAlive()) {
      return false;
    }
    process = spawn();
    return true;
  }

  /** Ends it as a crash does (SIGKILL). */
  public final void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Freezes it where it stands (SIGSTOP); POSIX systems only. */
  public final void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** Lets it go on (SIGCONT). */
  public final void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", name, Long.toString(pid())).start().waitFor();
    if (code != 0 && process.isAlive()) {
      throw new IOException("kill " + name + " of process " + pid() + " ended with " + code);
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
    command.addAll(launch.arguments());
    ProcessBuilder builder = new ProcessBuilder(command);
    // What steers the command is none of the handlers' keys, and they refuse keys they do not know.
    builder
        .environment()
        .keySet()
        .removeIf(name ->
            name.startsWith(ConfigKey.PREFIX) && !name.equals(ConfigKey.LOG_LEVEL.variable()));
    builder.environment().putAll(launch.environment());
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
    return builder.start();
  }

  /** Asks it to end, and ends it by force if it does not. */
  @Override
  public final void close() {
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
