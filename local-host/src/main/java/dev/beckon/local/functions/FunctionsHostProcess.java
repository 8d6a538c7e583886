package dev.beckon.local.functions;

import dev.beckon.local.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A functions host in a process of its own. */
public class FunctionsHostProcess extends ChildProcess {
  private final int port;
  private final Path log;

  /**
   * Starts a host; it takes messages and requests a moment later.
   *
   * @param settings port 0 takes one that is free now, and keeps to it
   * @param log takes its output
   * @param megabytes its heap at the most
   * @param jvm options of its virtual machine beside those every process has
   * @param environment the app's settings and its connections
   */
  public FunctionsHostProcess(
      FunctionsHostSettings settings,
      Path log,
      int megabytes,
      List<String> jvm,
      Map<String, String> environment)
      throws IOException {
    this(
        settings.port() == 0 ? settings.on(freePort()) : settings,
        new Launch(List.of(), log, megabytes, jvm, environment));
  }

  private FunctionsHostProcess(FunctionsHostSettings settings, Launch launch) throws IOException {
    super(
        new Launch(
            arguments(settings),
            launch.log(),
            launch.megabytes(),
            launch.jvm(),
            workerEnvironment(launch.environment())));
    this.port = settings.port();
    this.log = launch.log();
  }

  /** The host tells its worker which it is; by that the app knows where its log lines go. */
  private static Map<String, String> workerEnvironment(Map<String, String> settings) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.put("FUNCTIONS_WORKER_RUNTIME", "java");
    return environment;
  }

  private static List<String> arguments(FunctionsHostSettings settings) {
    List<String> arguments = new ArrayList<>(List.of("functions-host"));
    arguments.addAll(settings.toArguments());
    return arguments;
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
    CountDownLatch never = new CountDownLatch(1);
    long end = System.nanoTime() + longest.toNanos();
    while (!listens()) {
      if (!isAlive()) {
        throw new IOException("the functions host ended; see " + log);
      }
      if (System.nanoTime() > end) {
        throw new IOException(
            "the functions host does not listen after %s; see %s".formatted(longest, log));
      }
      if (never.await(50, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody counts down");
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
}
