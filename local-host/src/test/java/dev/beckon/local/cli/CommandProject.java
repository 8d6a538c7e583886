package dev.beckon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A project's folder in which commands run in processes of their own, where the programs that they
 * call are ours: these record what they are told and answer as a test has it.
 */
final class CommandProject {
  /** What a command ended with and printed, its errors included. */
  record Seen(int code, String text) {}

  /** The whole environment of commands; {@code CALLS} and {@code OUTPUTS} are for programs. */
  final Map<String, String> environment = new HashMap<>();

  private final Path folder;

  CommandProject(Path folder) {
    this.folder = folder;
    environment.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    environment.put("CALLS", folder.resolve("calls").toString());
    environment.put("OUTPUTS", folder.resolve("outputs").toString());
  }

  Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** Puts a program on the path. */
  void program(String name, String script) throws IOException {
    assertThat(write("bin/" + name, script).toFile().setExecutable(true)).isTrue();
  }

  /** What programs were told, a line for each time that one was called. */
  List<String> calls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  /** Variables as a deployment puts them out. */
  static String lines(Map<String, String> variables) {
    return variables.entrySet().stream()
        .map(variable -> variable.getKey() + "=" + variable.getValue())
        .collect(Collectors.joining("\n"));
  }

  /** Runs one command to its end. */
  Seen beckon(String typed, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dbeckon.home=" + folder,
                "-Dstdout.encoding=UTF-8",
                "-Dstderr.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.beckon.local.cli.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(write("typed", typed).toFile())
            .redirectOutput(folder.resolve("seen").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Seen(
        process.exitValue(), Files.readString(folder.resolve("seen"), StandardCharsets.UTF_8));
  }
}
