package dev.beckon.local.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them on a command line. */
final class Times {
  private static final Pattern SHORT = Pattern.compile("([0-9]{1,6})([smhd])");

  private Times() {}

  /**
   * A length of time: {@code 90m}, {@code 36h}, {@code 2d} or {@code P2DT12H}.
   *
   * @throws IllegalArgumentException saying how to write it
   */
  static Duration length(String text) {
    Matcher matcher = SHORT.matcher(text.toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("write a length of time as 90m, 36h, 2d or P2DT12H", e);
    }
  }

  /**
   * A moment, or how long ago one was: {@code 2026-11-21T09:30:00Z}, {@code 2026-11-21} or {@code
   * 2h}.
   *
   * @throws IllegalArgumentException saying how to write it
   */
  static Instant moment(String text, Instant now, ZoneId zone) {
    try {
      return text.contains("T") && !text.startsWith("P")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(zone).toInstant();
    } catch (DateTimeException e) {
      try {
        return now.minus(length(text));
      } catch (IllegalArgumentException neither) {
        throw new IllegalArgumentException(
            "write a time as 2026-11-21T09:30:00Z or 2026-11-21, or how long ago as 90m, 2h or 3d",
            neither);
      }
    }
  }
}
