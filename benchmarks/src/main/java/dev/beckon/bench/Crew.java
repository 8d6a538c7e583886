package dev.beckon.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.bench.measure.Outcome;
import dev.beckon.bench.sinks.SinkProcess;
import dev.beckon.bench.worker.Order;
import dev.beckon.bench.worker.WorkerMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The processes of the second arrangement: the sinks on the last core, one worker after the other
 * on the first. Used by one thread.
 */
final class Crew implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** What a small function has; room enough that the collector is not what is measured. */
  private static final String HEAP = "768m";

  /** Seconds of warm-up that the first round is longer than. */
  private static final double ONE_ROUND = 0.01;

  private final Path folder;
  private final @Nullable Path profiles;
  private final boolean pinned;
  private final Process sinks;
  private final Map<String, String> places;
  private int started;

  /**
   * Starts the sinks.
   *
   * @param folder for files and objects
   * @param profiles takes a flight recording of every scenario; null for none
   */
  Crew(Path folder, @Nullable Path profiles) throws IOException {
    this.folder = folder;
    this.profiles = profiles;
    this.pinned = canPin();
    List<String> command = pinnedTo(Runtime.getRuntime().availableProcessors() - 1);
    command.addAll(java("512m"));
    command.add(SinkProcess.class.getName());
    this.sinks = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String line = firstLine(sinks);
    this.places = JSON.readValue(line, new TypeReference<Map<String, String>>() {});
  }

  static boolean canPin() {
    return Runtime.getRuntime().availableProcessors() > 1
        && Files.isExecutable(Path.of("/usr/bin/taskset"));
  }

  Path folder() {
    return folder;
  }

  Outcome run(String scenario, double warmUpSeconds, int rounds, int size) {
    return run(scenario, warmUpSeconds, rounds, size, HEAP);
  }

  Outcome run(String scenario, double warmUpSeconds, int rounds, int size, String heap) {
    return finished(
        start(new Order(scenario, places, warmUpSeconds, rounds, size, folder, ++started), heap),
        scenario);
  }

  /** Runs the same scenario in several processes at once, on the same core, after a first round. */
  List<Outcome> runTogether(String scenario, int workers, int rounds, int size) {
    List<Process> running = new ArrayList<>();
    for (int number = 0; number < workers; number++) {
      running.add(
          start(new Order(scenario, places, ONE_ROUND, rounds, size, folder, ++started), HEAP));
    }
    return running.stream().map(process -> finished(process, scenario)).toList();
  }

  private Process start(Order order, String heap) {
    try {
      List<String> command = pinnedTo(0);
      command.addAll(java(heap));
      if (profiles != null) {
        Files.createDirectories(profiles);
        command.add(
            "-XX:StartFlightRecording=settings=profile,filename="
                + profiles.resolve(order.scenario() + ".jfr"));
      }
      command.add(WorkerMain.class.getName());
      command.add(JSON.writeValueAsString(order));
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last line a worker prints is its outcome. */
  private static Outcome finished(Process process, String scenario) {
    try (BufferedReader out = reader(process)) {
      String last = "";
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = line.startsWith("{") ? line : last;
      }
      int code = process.waitFor();
      if (code != 0 || last.isEmpty()) {
        throw new IllegalStateException("the worker of " + scenario + " ended with code " + code);
      }
      return JSON.readValue(last, Outcome.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + scenario + " ran", e);
    }
  }

  private List<String> pinnedTo(int core) {
    List<String> command = new ArrayList<>();
    if (pinned) {
      command.addAll(List.of("/usr/bin/taskset", "-c", Integer.toString(core)));
    }
    return command;
  }

  private static List<String> java(String heap) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + heap,
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"));
  }

  private static String firstLine(Process process) throws IOException {
    String line = reader(process).readLine();
    if (line == null) {
      throw new IllegalStateException("the sinks did not start");
    }
    return line;
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    try {
      sinks.getOutputStream().close();
      if (!sinks.waitFor(5, TimeUnit.SECONDS)) {
        sinks.destroyForcibly();
      }
    } catch (IOException e) {
      sinks.destroyForcibly();
    } catch (InterruptedException e) {
      sinks.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
