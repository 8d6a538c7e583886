package dev.beckon.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/**
 * The system's clock, wrong on purpose: {@link ConfigKey#CLOCK_SHIFT} is this process's own error,
 * {@link ConfigKey#CLOCK_FILE} a jump that all processes mapping the file make at once. Fault tests
 * let half an hour pass so, also for a process that is stopped meanwhile. Thread-safe.
 */
public final class ShiftedClock {
  private static final VarHandle MILLIS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private ShiftedClock() {}

  /** The clock a host gives its platform: the plain system clock unless a key says otherwise. */
  public static Clock of(RuntimeConfig config) {
    Clock own = Clock.offset(Clock.systemUTC(), config.duration(ConfigKey.CLOCK_SHIFT));
    String file = config.text(ConfigKey.CLOCK_FILE);
    return file.isEmpty() ? own : shared(own, map(Path.of(file)));
  }

  private static Clock shared(Clock own, ByteBuffer offset) {
    InstantSource source =
        () -> {
          // Volatile: another process writes it, and a loop that waits must see it.
          long millis = (long) MILLIS.getVolatile(offset, 0);
          return Instant.now(own).plusMillis(millis);
        };
    return source.withZone(ZoneOffset.UTC);
  }

  private static ByteBuffer map(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, Long.BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException(ConfigKey.CLOCK_FILE.variable() + " cannot be mapped", e);
    }
  }
}
