package dev.beckon.local.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as people write them on a command line. */
final class Times {
  private static final Pattern SHORT = Pattern.compile("([0-9]{1,6})(\\.[0-9]{1,6})?(ms|[smhd])");

  private static final String REMEDY =
      "write a length of time as 50ms, 2s, 90m, 36h, 2d, PT0.05S or P2DT12H";

  private Times() {}

  /**
   * A length of time: {@code 50ms}, {@code 1.5s}, {@code 90m}, {@code 36h}, {@code 2d} or {@code
   * P2DT12H}.
   *
   * @throws IllegalArgumentException saying how to write it
   */
  static Duration length(String text) {
    Matcher matcher = SHORT.matcher(text.toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      Duration unit =
          switch (matcher.group(3)) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
          };
      String fraction = matcher.group(2);
      long nanos = fraction == null ? 0 : Math.round(Double.parseDouble(fraction) * unit.toNanos());
      return unit.multipliedBy(Long.parseLong(matcher.group(1))).plusNanos(nanos);
    }
    try {
      Duration length = Duration.parse(text);
      if (!length.isNegative()) {
        return length;
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(REMEDY + ", not '" + text + "'", e);
    }
    throw new IllegalArgumentException(REMEDY + ", not a negative one");
  }

  /** Reads the lengths of time among a command's options. */
  static final class LengthConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return length(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
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
