package dev.beckon.local.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A command typed at a terminal: a process of its own in a folder. */
final class Typed implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 300;

  private final Process process;
  private final Path out;

  private Typed(Process process, Path out) {
    this.process = process;
    this.out = out;
  }

  static Typed in(Path folder, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("dev.beckon.local.cli.Main");
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, arguments[0], ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("BECKON_"));
    return new Typed(builder.redirectErrorStream(true).redirectOutput(out.toFile()).start(), out);
  }

  /** Waits for its end; returns the exit code. */
  int code() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it never ended; it said " + text());
    }
    return process.exitValue();
  }

  /** What it has said so far. */
  String text() {
    try {
      return Files.readString(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has said something. */
  Typed says(String words) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!text().contains(words)) {
      if (System.nanoTime() > end || (!process.isAlive() && !text().contains(words))) {
        throw new AssertionError("it never said \"" + words + "\" but " + text());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    return this;
  }

  /** Ctrl-C. */
  void interrupt() throws IOException, InterruptedException {
    // To a JVM the same as Ctrl-C, which a process started in the background does not hear.
    new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
  }

  /** Ends it as a crash does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
