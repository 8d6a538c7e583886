package dev.beckon.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # over midnight, Berlin in winter is +01
          20:00-08:00 | Europe/Berlin | 2026-01-15T18:59:59.999Z | -
          20:00-08:00 | Europe/Berlin | 2026-01-15T19:00:00Z | 2026-01-16T07:00:00Z
          20:00-08:00 | Europe/Berlin | 2026-01-15T23:30:00Z | 2026-01-16T07:00:00Z
          20:00-08:00 | Europe/Berlin | 2026-01-16T06:59:59.999Z | 2026-01-16T07:00:00Z
          20:00-08:00 | Europe/Berlin | 2026-01-16T07:00:00Z | -
          # inside one day
          12:00-14:00 | UTC | 2026-01-15T11:59:59Z | -
          12:00-14:00 | UTC | 2026-01-15T12:00:00Z | 2026-01-15T14:00:00Z
          12:00-14:00 | UTC | 2026-01-15T14:00:00Z | -
          # midnight as an end belongs to the next day, as a beginning to its own
          20:00-00:00 | UTC | 2026-01-15T23:59:59Z | 2026-01-16T00:00:00Z
          00:00-08:00 | UTC | 2026-01-15T00:00:00Z | 2026-01-15T08:00:00Z
          00:00-08:00 | UTC | 2026-01-15T23:59:59Z | -
          # the night in which Berlin goes from +01 to +02 is an hour shorter, the other one longer
          20:00-08:00 | Europe/Berlin | 2026-03-28T21:00:00Z | 2026-03-29T06:00:00Z
          20:00-08:00 | Europe/Berlin | 2026-10-24T19:00:00Z | 2026-10-25T07:00:00Z
          # ends in the hour that does not exist: at the moment the clock is set forward
          20:00-02:30 | Europe/Berlin | 2026-03-28T23:00:00Z | 2026-03-29T01:00:00Z
          20:00-02:30 | Europe/Berlin | 2026-03-29T01:00:00Z | -
          # begins in the hour that does not exist
          02:30-04:00 | Europe/Berlin | 2026-03-29T00:59:59Z | -
          02:30-04:00 | Europe/Berlin | 2026-03-29T01:00:00Z | 2026-03-29T02:00:00Z
          # ends in the hour that comes twice: quiet is what the clock on the wall shows
          20:00-02:30 | Europe/Berlin | 2026-10-24T23:00:00Z | 2026-10-25T00:30:00Z
          20:00-02:30 | Europe/Berlin | 2026-10-25T00:30:00Z | -
          20:00-02:30 | Europe/Berlin | 2026-10-25T01:15:00Z | 2026-10-25T01:30:00Z
          20:00-02:30 | Europe/Berlin | 2026-10-25T01:30:00Z | -
          # one moment on both sides of the date line: Monday 10:00 in Auckland is Sunday 11:00 in Pago Pago
          20:00-08:00 | Pacific/Auckland | 2026-06-14T22:00:00Z | -
          20:00-12:00 | Pacific/Pago_Pago | 2026-06-14T22:00:00Z | 2026-06-14T23:00:00Z
          20:00-08:00 | Pacific/Kiritimati | 2026-06-14T11:00:00Z | 2026-06-14T18:00:00Z
          # Samoa left out 30 December 2011 when it crossed the date line
          20:00-08:00 | Pacific/Apia | 2011-12-30T08:00:00Z | 2011-12-30T18:00:00Z
          20:00-23:00 | Pacific/Apia | 2011-12-30T08:00:00Z | 2011-12-30T09:00:00Z
          # half hours
          20:00-08:00 | Asia/Kathmandu | 2026-01-15T14:15:00Z | 2026-01-16T02:15:00Z
          """)
  void quietUntil_moment_isWhenTheWallClockIsPastIt(
      String hours, String zone, Instant now, Instant end) {
    assertThat(hours(hours).quietUntil(now, ZoneId.of(zone)).orElse(null)).isEqualTo(end);
  }

  /** By brute force: the wall clock is asked minute by minute. */
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-03-27T00:00:00Z",
    "Europe/Berlin, 2026-10-23T00:00:00Z",
    "Pacific/Apia, 2011-12-28T00:00:00Z",
    "Australia/Lord_Howe, 2026-04-03T00:00:00Z",
    "America/Sao_Paulo, 2018-11-02T00:00:00Z"
  })
  void quietUntil_everyMinuteOfChangingDays_agreesWithTheWallClock(String zone, Instant from) {
    ZoneId where = ZoneId.of(zone);
    for (String hours : new String[] {"20:00-08:00", "21:15-02:30", "00:30-01:30", "23:00-00:00"}) {
      QuietHours quiet = hours(hours);
      Instant end = from.plus(Duration.ofDays(6));
      Instant next = null;
      for (Instant at = end; !at.isBefore(from); at = at.minusSeconds(60)) {
        boolean shown = shown(hours, at.atZone(where).toLocalTime());
        next = shown ? next : at;
        if (next != null) {
          assertThat(quiet.quietUntil(at, where).orElse(at))
              .as("%s %s at %s", hours, zone, at)
              .isEqualTo(next);
        }
      }
    }
  }

  @Test
  void quietHours_thatNeverEnd_areRefused() {
    assertThatThrownBy(() -> hours("08:00-08:00")).hasMessageContaining("differ");
  }

  private static boolean shown(String hours, LocalTime time) {
    int from = minute(LocalTime.parse(hours.substring(0, 5)));
    int to = minute(LocalTime.parse(hours.substring(6)));
    return Math.floorMod(minute(time) - from, 1440) < Math.floorMod(to - from, 1440);
  }

  private static int minute(LocalTime time) {
    return time.getHour() * 60 + time.getMinute();
  }

  private static QuietHours hours(String text) {
    return new QuietHours(
        LocalTime.parse(text.substring(0, 5)), LocalTime.parse(text.substring(6)));
  }
}
