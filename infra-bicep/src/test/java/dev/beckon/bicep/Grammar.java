package dev.beckon.bicep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** Parses Bicep, by a grammar that npm installs into the build's own folder. Syntax only. */
final class Grammar {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path INSTALLED = Path.of("target", "node").toAbsolutePath();
  private static final String LOCK = "package-lock.json";

  private Grammar() {}

  /** Ends a test as skipped where there is no Node.js. */
  static void isNeeded() {
    Assumptions.assumeTrue(
        isOnPath("node") && isOnPath("npm"), "skipped: node or npm is not on the path");
  }

  static boolean isOnPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(path)
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** The trees of some texts, by the texts' names. */
  static Map<String, Tree> parse(Map<String, String> texts) {
    try {
      install();
      Process node =
          new ProcessBuilder(
                  "node", Path.of("src/test/node/outline.cjs").toString(), INSTALLED.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .redirectInput(written(texts).toFile())
              .start();
      JsonNode trees = JSON.readTree(node.getInputStream());
      if (node.waitFor() != 0) {
        throw new IllegalStateException("outline.cjs failed: what it says stands above");
      }
      Map<String, Tree> read = new TreeMap<>();
      trees.properties().forEach(file -> read.put(file.getKey(), Tree.of(file.getValue())));
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path written(Map<String, String> texts) throws IOException {
    Path file = Files.createTempFile("bicep", ".json");
    file.toFile().deleteOnExit();
    return Files.writeString(file, JSON.writeValueAsString(texts));
  }

  /** Once for each content of the lock file. */
  private static synchronized void install() throws IOException, InterruptedException {
    Path done = INSTALLED.resolve("installed.json");
    if (Files.isReadable(done) && Files.mismatch(done, Path.of(LOCK)) < 0) {
      return;
    }
    Files.createDirectories(INSTALLED);
    for (String file : List.of("package.json", LOCK)) {
      Files.copy(Path.of(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    Process npm =
        new ProcessBuilder(
                "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
            .directory(INSTALLED.toFile())
            .redirectErrorStream(true)
            .redirectOutput(INSTALLED.resolve("npm.log").toFile())
            .start();
    if (!npm.waitFor(5, TimeUnit.MINUTES) || npm.exitValue() != 0) {
      npm.destroyForcibly();
      throw new IllegalStateException(
          "npm ci failed:\n" + Files.readString(INSTALLED.resolve("npm.log")));
    }
    Files.copy(Path.of(LOCK), done, StandardCopyOption.REPLACE_EXISTING);
  }
}
