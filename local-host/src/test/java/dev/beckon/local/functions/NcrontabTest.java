package dev.beckon.local.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NcrontabTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 * * * * *       | 2026-11-21T10:00:00 | 2026-11-21T10:01:00
          0 * * * * *       | 2026-11-21T10:00:59 | 2026-11-21T10:01:00
          */5 * * * * *     | 2026-11-21T10:00:04 | 2026-11-21T10:00:05
          */5 * * * * *     | 2026-11-21T10:00:57 | 2026-11-21T10:01:00
          0 30 9 * * 1-5    | 2026-11-20T09:30:00 | 2026-11-23T09:30:00
          0 0 0 1 1,7 *     | 2026-11-21T10:00:00 | 2027-01-01T00:00:00
          0 0 0 29 2 *      | 2026-11-21T10:00:00 | 2028-02-29T00:00:00
          0 10-30/10 * * * *| 2026-11-21T10:25:00 | 2026-11-21T10:30:00
          0 5/20 * * * *    | 2026-11-21T10:26:00 | 2026-11-21T10:45:00
          0 0 12 * * 0      | 2026-11-21T10:00:00 | 2026-11-22T12:00:00
          """)
  void next_ofASchedule_isTheFirstTimeAfter(String text, LocalDateTime after, LocalDateTime next) {
    assertThat(Ncrontab.parse(text).next(after)).isEqualTo(next);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "* * * * *",
        "60 * * * * *",
        "* * 24 * * *",
        "* * * 0 * *",
        "* * * * 13 *",
        "* * * * * 7",
        "* * * * JAN *",
        "*/0 * * * * *",
        "9-3 * * * * *",
        "00:05:00",
        ""
      })
  void parse_noSchedule_saysSo(String text) {
    assertThatThrownBy(() -> Ncrontab.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void next_ofADayThatNeverComes_fails() {
    assertThatThrownBy(
            () -> Ncrontab.parse("0 0 0 31 2 *").next(LocalDateTime.of(2026, 1, 1, 0, 0)))
        .isInstanceOf(DateTimeException.class);
  }
}
