package dev.beckon.local.functions;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as host.json writes them: {@code [days.]hours:minutes:seconds[.fraction]}. */
final class TimeSpan {
  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,5})\\.)?(\\d{1,2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,7}))?");

  private TimeSpan() {}

  static Duration parse(String text) {
    Matcher parts = FORM.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is no time span such as 00:02:00");
    }
    String days = parts.group(1);
    String fraction = parts.group(5);
    Duration span =
        Duration.ofDays(days == null ? 0 : Long.parseLong(days))
            .plusHours(Long.parseLong(parts.group(2)))
            .plusMinutes(Long.parseLong(parts.group(3)))
            .plusSeconds(Long.parseLong(parts.group(4)));
    return fraction == null
        ? span
        : span.plusNanos(Long.parseLong((fraction + "000000000").substring(0, 9)));
  }
}
