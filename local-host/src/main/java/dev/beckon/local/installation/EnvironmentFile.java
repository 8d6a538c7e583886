package dev.beckon.local.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Environment variables of an installation in a file, one {@code NAME=value} a line; lines that
 * begin with {@code #} and empty ones are left out. Immutable.
 */
public final class EnvironmentFile {
  private final Path path;

  public EnvironmentFile(Path path) {
    this.path = path;
  }

  /**
   * Reads the variables.
   *
   * @throws IllegalArgumentException naming the line that is not {@code NAME=value}
   */
  public Map<String, String> read() {
    Map<String, String> variables = new LinkedHashMap<>();
    try {
      int number = 0;
      for (String line : Files.readAllLines(path)) {
        number++;
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        int equals = line.indexOf('=');
        if (equals < 1) {
          // The line is not repeated: it may hold a password.
          throw new IllegalArgumentException(
              path + ", line " + number + ": write it as NAME=value");
        }
        variables.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
    return variables;
  }

  /** Writes the variables for its owner's eyes only. */
  public void write(Map<String, String> variables) throws IOException {
    String text =
        new TreeMap<>(variables)
            .entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue() + "\n")
                .collect(Collectors.joining());
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.deleteIfExists(path);
    Files.createFile(path);
    path.toFile().setReadable(false, false);
    path.toFile().setReadable(true, true);
    Files.writeString(path, text);
  }
}
