package dev.beckon.local.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Tells the other commands of this folder how a running installation is reached, as long as it
 * runs. Of two that run in one folder the later one is found.
 */
public final class Announcement implements AutoCloseable {
  private final EnvironmentFile file;
  private final Path path;
  private final Map<String, String> variables;

  private Announcement(EnvironmentFile file, Path path, Map<String, String> variables) {
    this.file = file;
    this.path = path;
    this.variables = Map.copyOf(variables);
  }

  /** Announces an installation by its variables. */
  public static Announcement of(Map<String, String> variables) throws IOException {
    EnvironmentFile file = new EnvironmentFile(Installation.RUNNING);
    file.write(variables);
    return new Announcement(file, Installation.RUNNING, variables);
  }

  /** Takes it back, unless another installation was announced meanwhile. */
  @Override
  public void close() throws IOException {
    if (Files.isReadable(path) && file.read().equals(variables)) {
      Files.deleteIfExists(path);
    }
  }
}
