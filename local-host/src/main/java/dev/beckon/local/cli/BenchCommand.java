package dev.beckon.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code ./beckon bench}: a program of its own, with the benchmarks' libraries. */
@Command(
    name = "bench",
    description =
        "Measures Beckon beside what this machine allows; ./beckon bench --help tells more.")
final class BenchCommand implements Callable<Integer> {
  private static final String JAR = "benchmarks-0.1.0-SNAPSHOT.jar";

  @Unmatched List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("beckon.home", "."));
    Path target = home.resolve("benchmarks").resolve("target");
    if (!Files.exists(target.resolve(JAR))) {
      throw new IllegalStateException(
          target.resolve(JAR) + " is missing; ./mvnw -DskipTests package builds it");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:MaxRAMPercentage=25");
    command.add("--enable-native-access=ALL-UNNAMED");
    if (Runtime.version().feature() >= 24) {
      // the SQS server's libraries use Unsafe, as in the beckon script
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-Dbeckon.home=" + home);
    command.add("-cp");
    command.add(target.resolve(JAR) + ":" + target.resolve("lib") + "/*");
    command.add("dev.beckon.bench.Bench");
    command.addAll(arguments);
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
