package dev.beckon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShiftedClockTest {
  @TempDir Path folder;

  @Test
  void of_ownShiftAndFile_addBoth_andSeeTheFileChange() throws Exception {
    Path file = Files.write(folder.resolve("clock"), new byte[Long.BYTES]);
    Clock clock =
        ShiftedClock.of(
            config(Map.of("BECKON_CLOCK_SHIFT", "PT-30S", "BECKON_CLOCK_FILE", file.toString())));
    assertThat(clock.instant())
        .isCloseTo(ahead(Duration.ofSeconds(-30)), within(5, ChronoUnit.SECONDS));

    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(Long.BYTES).putLong(0, Duration.ofHours(2).toMillis()));
    }

    assertThat(clock.instant())
        .isCloseTo(ahead(Duration.ofHours(2).minusSeconds(30)), within(5, ChronoUnit.SECONDS));
  }

  @Test
  void of_nothingSet_isTheSystemsClock() {
    assertThat(ShiftedClock.of(config(Map.of())).instant())
        .isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
  }

  @Test
  void of_fileMissing_namesTheKey() {
    RuntimeConfig config = config(Map.of("BECKON_CLOCK_FILE", folder.resolve("none").toString()));
    assertThatThrownBy(() -> ShiftedClock.of(config))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("BECKON_CLOCK_FILE");
  }

  private static Instant ahead(Duration by) {
    return Instant.now().plus(by);
  }

  private static RuntimeConfig config(Map<String, String> more) {
    Map<String, String> environment = RequiredSettings.environment();
    environment.putAll(more);
    return RuntimeConfig.of(environment);
  }
}
