package dev.beckon.local.deploy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Runs programs found on the path of an environment; their output goes where this one's goes.
 * Thread-safe.
 */
public final class Tools {
  private final Map<String, String> environment;
  private final ProcessBuilder.Redirect output;

  /**
   * @param environment given to every program, with some names of its own added
   * @param output where output and errors go; the terminal, for a person
   */
  public Tools(Map<String, String> environment, ProcessBuilder.Redirect output) {
    this.environment = Map.copyOf(environment);
    this.output = output;
  }

  /**
   * Where a program lies.
   *
   * @throws IllegalStateException saying how to get it
   */
  Path find(String program, String remedy) {
    String path = environment.getOrDefault("PATH", "");
    for (String folder : path.split(Pattern.quote(File.pathSeparator), -1)) {
      Path candidate = Path.of(folder, program);
      if (!folder.isEmpty() && Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
        return candidate.toAbsolutePath();
      }
    }
    throw new IllegalStateException(program + " is not on the path: " + remedy);
  }

  /**
   * Runs a program to its end and returns its exit code.
   *
   * @param more variables added to the environment
   */
  int run(Path folder, Map<String, String> more, List<String> command)
      throws IOException, InterruptedException {
    return end(prepared(folder, more, command).redirectOutput(output));
  }

  /** What a program says of itself; its errors go where everything else's go. */
  Answer ask(Path folder, List<String> command) throws IOException, InterruptedException {
    Path said = Files.createTempFile("beckon", ".txt");
    try {
      ProcessBuilder builder = prepared(folder, Map.of(), command);
      int code = end(builder.redirectErrorStream(false).redirectOutput(said.toFile()));
      return new Answer(code, Files.readString(said));
    } finally {
      Files.delete(said);
    }
  }

  /** What a program answered. */
  record Answer(int code, String text) {
    boolean isGood() {
      return code == 0;
    }
  }

  private ProcessBuilder prepared(Path folder, Map<String, String> more, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    Map<String, String> variables = new HashMap<>(environment);
    variables.putAll(more);
    builder.environment().clear();
    builder.environment().putAll(variables);
    // a question of the program's is answered by the person at the terminal
    builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
    if (ProcessBuilder.Redirect.INHERIT.equals(output)) {
      builder.redirectError(output);
    } else {
      builder.redirectErrorStream(true);
    }
    return builder;
  }

  private static int end(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      throw e;
    }
  }
}
