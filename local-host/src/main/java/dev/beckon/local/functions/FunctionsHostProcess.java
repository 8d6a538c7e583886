package dev.beckon.local.functions;

import dev.beckon.config.ConfigKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A functions host in a process of its own: its memory is bounded and it can be killed. */
public final class FunctionsHostProcess implements AutoCloseable {
  private final Launch launch;
  private final int port;
  private Process process;

  private FunctionsHostProcess(Launch launch, int port) throws IOException {
    this.launch = launch;
    this.port = port;
    this.process = spawn();
  }

  /**
   * How a host is started.
   *
   * @param settings port 0 takes one that is free now, and keeps to it
   * @param log takes its output
   * @param megabytes its heap at the most
   * @param jvm options of its virtual machine beside those every host has
   * @param environment the app's settings and its connections, beside what this process has
   */
  public record Launch(
      FunctionsHostSettings settings,
      Path log,
      int megabytes,
      List<String> jvm,
      Map<String, String> environment) {
    public Launch {
      jvm = List.copyOf(jvm);
      environment = Map.copyOf(environment);
    }
  }

  /** Starts a host; it takes messages and requests a moment later. */
  public static FunctionsHostProcess start(Launch launch) throws IOException {
    Path folder = launch.log().toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    int port = launch.settings().port();
    return new FunctionsHostProcess(launch, port == 0 ? freePort() : port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Where HTTP functions answer once it listens. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /**
   * Waits until every function runs.
   *
   * @throws IOException when the process ends before, or is too slow; its log says why
   */
  public void awaitListening(Duration longest) throws IOException, InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (!listens()) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new IOException(
            "the functions host ended with %d; see %s"
                .formatted(process.exitValue(), launch.log()));
      }
      if (System.nanoTime() > end) {
        throw new IOException(
            "the functions host does not listen after %s; see %s".formatted(longest, launch.log()));
      }
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** The process's number. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Starts it again if it ended; says whether it had to. */
  public boolean revive() throws IOException {
    if (process.isAlive()) {
      return false;
    }
    process = spawn();
    return true;
  }

  /** Ends the host as a crash does (SIGKILL). */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Freezes the host where it stands (SIGSTOP); POSIX systems only. */
  public void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** Lets a frozen host go on (SIGCONT). */
  public void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code = new ProcessBuilder("kill", name, Long.toString(pid())).start().waitFor();
    if (code != 0 && process.isAlive()) {
      throw new IOException("kill " + name + " of host " + pid() + " ended with " + code);
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
    command.add("functions-host");
    command.addAll(launch.settings().on(port).toArguments());
    ProcessBuilder builder = new ProcessBuilder(command);
    // What steers the command is none of the functions' keys, and they refuse keys they do not
    // know.
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

  /** Asks the host to end, and ends it by force if it does not. */
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
