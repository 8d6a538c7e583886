package dev.beckon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "50ms, PT0.05S",
    "1.5s, PT1.5S",
    "0.5ms, PT0.0005S",
    "PT0.05S, PT0.05S",
    "0s, PT0S",
    "45s, PT45S",
    "90m, PT90M",
    "36H, PT36H",
    "2d, P2D",
    "P2DT12H, PT60H",
    "PT6H, PT6H"
  })
  void length_asPeopleWriteIt_isRead(String text, Duration length) {
    assertThat(Times.length(text)).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "50", "50 ms", "1.s", ".5s", "-2s", "PT-2S", "2w", "soon"})
  void length_somethingElse_isRefusedWithExamples(String text) {
    assertThatThrownBy(() -> Times.length(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("50ms");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T09:30:00Z, 2026-11-20T09:30:00Z",
    "2026-11-20, 2026-11-19T23:00:00Z",
    "2h, 2026-11-21T10:00:00Z",
    "P1D, 2026-11-20T12:00:00Z",
    "PT30M, 2026-11-21T11:30:00Z"
  })
  void moment_timeDayOrAge_isRead(String text, Instant moment) {
    assertThat(Times.moment(text, NOW, BERLIN)).isEqualTo(moment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2 h", "2026-13-01", "1w", "-2h"})
  void moment_somethingElse_isRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> Times.moment(text, NOW, BERLIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2026-11-21T09:30:00Z");
  }
}
