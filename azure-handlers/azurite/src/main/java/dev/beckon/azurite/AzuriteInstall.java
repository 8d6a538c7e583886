package dev.beckon.azurite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The emulator's program in a folder, as the lock file pins it: installed when it is first needed
 * and again when the lock file changed, by one process at a time.
 */
final class AzuriteInstall {
  static final String LOCK = "package-lock.json";

  private static final Logger log = LoggerFactory.getLogger(AzuriteInstall.class);

  private static final int OLDEST_NODE = 20;
  private static final Pattern VERSION = Pattern.compile("v(\\d+)\\..*", Pattern.DOTALL);
  private static final String REMEDY =
      ": install Node.js " + OLDEST_NODE + " or later with npm (https://nodejs.org)";

  /** What was installed last to its end: a copy of the lock file. */
  private static final String DONE = "installed.json";

  private static final long INSTALL_SECONDS = 600;
  private static final long VERSION_SECONDS = 30;

  private final AzuriteOptions options;

  AzuriteInstall(AzuriteOptions options) {
    this.options = options;
  }

  /**
   * The emulator's script, installed.
   *
   * @throws AzuriteUnavailableException when this machine has no Node.js that can run it
   */
  Path script() throws IOException, InterruptedException {
    checkNode();
    Path folder = options.installed();
    Files.createDirectories(folder);
    // the file's lock holds other processes off, the monitor other threads of this one
    synchronized (AzuriteInstall.class) {
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve("install.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (held.isValid() && !isInstalled(folder)) {
          install(folder);
        }
      }
    }
    return folder.resolve("node_modules/azurite/dist/src/azurite.js");
  }

  private void checkNode() throws IOException, InterruptedException {
    String version = outputOf(List.of(options.node(), "--version"), VERSION_SECONDS);
    Matcher found = VERSION.matcher(version.strip());
    if (!found.matches() || Integer.parseInt(found.group(1)) < OLDEST_NODE) {
      throw new AzuriteUnavailableException("node is " + version.strip() + REMEDY);
    }
  }

  private boolean isInstalled(Path folder) throws IOException {
    Path done = folder.resolve(DONE);
    return Files.isReadable(done) && Files.mismatch(done, options.sources().resolve(LOCK)) < 0;
  }

  private void install(Path folder) throws IOException, InterruptedException {
    log.info("azurite=install folder={}", folder);
    Files.deleteIfExists(folder.resolve(DONE));
    for (String file : List.of("package.json", LOCK)) {
      Files.copy(
          options.sources().resolve(file),
          folder.resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    outputOf(
        List.of(
            options.npm(),
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            "--prefix",
            folder.toAbsolutePath().toString()),
        INSTALL_SECONDS);
    Files.copy(options.sources().resolve(LOCK), folder.resolve(DONE));
  }

  /** What a program printed before it ended well. */
  private static String outputOf(List<String> command, long seconds)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("azurite", ".txt");
    try {
      Process process;
      try {
        process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
      } catch (IOException e) {
        throw new AzuriteUnavailableException("there is no " + command.getFirst() + REMEDY);
      }
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new UncheckedIOException(
            new IOException(String.join(" ", command) + " took longer than " + seconds + " s"));
      }
      String printed = Files.readString(output, StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        throw new IOException(
            String.join(" ", command) + " ended with " + process.exitValue() + ": " + printed);
      }
      return printed;
    } finally {
      Files.delete(output);
    }
  }
}
