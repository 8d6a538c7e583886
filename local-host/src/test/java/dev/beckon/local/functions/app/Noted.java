package dev.beckon.local.functions.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/** What a function of the tests' own app does: a message is {@code <order> <file>}. */
final class Noted {
  private Noted() {}

  /** Writes one line to the file, then ends as the message orders. */
  static void obey(String message, String note) {
    String[] parts = message.split(" ", 3);
    Path file = Path.of(parts[1]);
    write(file, note);
    switch (parts[0]) {
      case "ok" -> {}
      case "fail" -> throw new IllegalStateException("as ordered");
      case "error" -> throw new StackOverflowError("as ordered");
      case "halt" -> Runtime.getRuntime().halt(1);
      case "hold" -> {
        while (!Files.exists(file.resolveSibling("release"))) {
          LockSupport.parkNanos(10_000_000);
        }
        write(file, "released");
      }
      default -> throw new IllegalArgumentException(parts[0]);
    }
  }

  private static synchronized void write(Path file, String note) {
    try {
      Files.writeString(file, note + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
