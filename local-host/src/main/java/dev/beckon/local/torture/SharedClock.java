package dev.beckon.local.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * The jump that all workers' clocks share. To a worker a jump looks like a long pause of the whole
 * machine; one that is frozen meanwhile finds the time passed when it wakes up. Thread-safe.
 */
final class SharedClock {
  private final Path file;
  private final MappedByteBuffer millis;
  private long total;

  private SharedClock(Path file, MappedByteBuffer millis) {
    this.file = file;
    this.millis = millis;
  }

  static SharedClock in(Path folder) {
    Path file = folder.resolve("clock").toAbsolutePath();
    try {
      Files.createDirectories(folder);
      Files.write(file, new byte[Long.BYTES]);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        return new SharedClock(file, channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file() {
    return file;
  }

  /** Lets time pass for everybody. */
  synchronized void jump(Duration by) {
    total += by.toMillis();
    millis.putLong(0, total);
  }

  /** All jumps together. */
  synchronized Duration total() {
    return Duration.ofMillis(total);
  }
}
