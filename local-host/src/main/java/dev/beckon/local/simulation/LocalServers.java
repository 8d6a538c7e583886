package dev.beckon.local.simulation;

import dev.beckon.config.ConfigKey;
import dev.beckon.local.cloud.AwsSide;
import dev.beckon.local.cloud.LocalCloud;
import dev.beckon.local.installation.EnvironmentFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The servers that commands share where no installation is named: one background process for each
 * folder, started by the first command that needs it.
 */
public final class LocalServers {
  /** After so long without a command the process ends by itself. */
  public static final Duration IDLE = Duration.ofMinutes(10);

  private static final String PORT = "SIMULATION_PORT";
  private static final Duration START_PATIENCE = Duration.ofSeconds(90);
  private static final Duration FUNCTION_TIMEOUT = Duration.ofSeconds(30);

  private final Path folder;

  /**
   * @param folder where their files lie
   */
  public LocalServers(Path folder) {
    this.folder = folder;
  }

  /** Variables of the installation they are. */
  public Path environment() {
    return folder.resolve("simulation.env");
  }

  private Path log() {
    return folder.resolve("simulation.log");
  }

  /**
   * Joins the servers that run, or starts them.
   *
   * @param say told when they are started
   * @return to be kept open as long as they are needed
   */
  public Presence join(Consumer<String> say) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    // Two first commands at once: one starts, the other finds them started.
    try (FileChannel file =
        FileChannel.open(
            folder.resolve("simulation.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      file.lock(); // until the file is closed
      Optional<Presence> running = running();
      return running.isPresent() ? running.get() : start(say);
    }
  }

  /** Stops them; false where none run. */
  public boolean stop() {
    Optional<Presence> running = running();
    try (Presence presence = running.orElse(null)) {
      if (presence == null) {
        return false;
      }
      presence.stop(30_000);
      return true;
    }
  }

  private Optional<Presence> running() {
    if (!Files.isReadable(environment())) {
      return Optional.empty();
    }
    String port = new EnvironmentFile(environment()).read().getOrDefault(PORT, "");
    return port.matches("[0-9]{1,5}") ? Presence.at(Integer.parseInt(port)) : Optional.empty();
  }

  private Presence start(Consumer<String> say) throws IOException, InterruptedException {
    Files.deleteIfExists(environment());
    say.accept(
        "Starting local servers (MongoDB, SQS, S3) in the background; they end "
            + IDLE.toMinutes()
            + " minutes after the last command, or with ./beckon stop …");
    Process process = spawn();
    long end = System.nanoTime() + START_PATIENCE.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      Optional<Presence> presence = running();
      if (presence.isPresent()) {
        return presence.get();
      }
      Thread.sleep(100);
    }
    process.destroy();
    throw new IllegalStateException("the local servers did not start; their log is " + log());
  }

  private Process spawn() throws IOException {
    List<String> java = new ArrayList<>();
    java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    java.add("-XX:MaxRAMPercentage=50");
    java.add("-XX:+ExitOnOutOfMemoryError");
    java.addAll(List.of("-cp", System.getProperty("java.class.path")));
    java.add("dev.beckon.local.cli.Main");
    java.addAll(List.of("servers", folder.toAbsolutePath().toString()));
    // Ctrl-C goes to every process of the terminal; these are not this command's alone.
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
    command.addAll(java);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith(ConfigKey.PREFIX));
    return builder
        .redirectErrorStream(true)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(ProcessBuilder.Redirect.to(log().toFile()))
        .start();
  }

  /** Is those servers: runs in this process until nobody needs them or somebody stops them. */
  public void serve(Duration idle) throws IOException, InterruptedException {
    LocalCloud.Options options = LocalCloud.Options.in(folder.resolve("simulation"));
    try (LocalCloud<AwsSide> cloud =
            LocalCloud.start(options, () -> AwsSide.start(FUNCTION_TIMEOUT, 1));
        Attendance attendance = Attendance.start()) {
      Map<String, String> variables = new HashMap<>(cloud.workerEnvironment());
      variables.put(PORT, Integer.toString(attendance.port()));
      Path half = folder.resolve("simulation.env.new");
      new EnvironmentFile(half).write(variables);
      Files.move(half, environment(), StandardCopyOption.ATOMIC_MOVE);
      Thread ended = new Thread(this::forget);
      Runtime.getRuntime().addShutdownHook(ended);
      attendance.untilIdle(idle);
      forget();
    }
  }

  private void forget() {
    try {
      Files.deleteIfExists(environment());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
