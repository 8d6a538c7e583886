package dev.beckon.local.functions;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schedule of six fields, seconds first, in UTC: numbers, {@code *}, lists, ranges and steps.
 * Names of months and days are not read. Immutable.
 */
final class Ncrontab {
  private static final Pattern PART =
      Pattern.compile("(?:\\*|(\\d{1,2})(?:-(\\d{1,2}))?)(?:/(\\d{1,2}))?");

  private static final int YEARS_AHEAD = 8;

  private final String text;
  private final BitSet seconds;
  private final BitSet minutes;
  private final BitSet hours;
  private final BitSet days;
  private final BitSet months;
  private final BitSet weekdays;

  private Ncrontab(String text, List<BitSet> fields) {
    this.text = text;
    this.seconds = fields.get(0);
    this.minutes = fields.get(1);
    this.hours = fields.get(2);
    this.days = fields.get(3);
    this.months = fields.get(4);
    this.weekdays = fields.get(5);
  }

  static Ncrontab parse(String text) {
    String[] fields = text.strip().split("\\s+", -1);
    if (fields.length != 6) {
      throw new IllegalArgumentException(
          "\"" + text + "\" has not six fields: second minute hour day month weekday");
    }
    return new Ncrontab(
        text,
        List.of(
            field(fields[0], 0, 59),
            field(fields[1], 0, 59),
            field(fields[2], 0, 23),
            field(fields[3], 1, 31),
            field(fields[4], 1, 12),
            field(fields[5], 0, 6)));
  }

  private static BitSet field(String text, int least, int most) {
    BitSet values = new BitSet();
    for (String part : text.split(",", -1)) {
      Matcher form = PART.matcher(part);
      if (!form.matches()) {
        throw new IllegalArgumentException("\"" + text + "\" is no field of a schedule");
      }
      int from = form.group(1) == null ? least : Integer.parseInt(form.group(1));
      int step = form.group(3) == null ? 1 : Integer.parseInt(form.group(3));
      boolean open = form.group(1) == null || form.group(3) != null;
      int to = form.group(2) != null ? Integer.parseInt(form.group(2)) : open ? most : from;
      if (from < least || to > most || from > to || step < 1) {
        throw new IllegalArgumentException(
            "\"%s\" is not within %d and %d".formatted(text, least, most));
      }
      for (int value = from; value <= to; value += step) {
        values.set(value);
      }
    }
    return values;
  }

  /** The first time after one. */
  LocalDateTime next(LocalDateTime after) {
    LocalDateTime time = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    LocalDateTime end = after.plusYears(YEARS_AHEAD);
    while (time.isBefore(end)) {
      if (!months.get(time.getMonthValue())) {
        time = time.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS).plusMonths(1);
      } else if (!days.get(time.getDayOfMonth())
          || !weekdays.get(time.getDayOfWeek().getValue() % 7)) {
        time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
      } else if (!hours.get(time.getHour())) {
        time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
      } else if (!minutes.get(time.getMinute())) {
        time = time.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
      } else if (!seconds.get(time.getSecond())) {
        time = time.plusSeconds(1);
      } else {
        return time;
      }
    }
    throw new DateTimeException("\"" + text + "\" comes to no date");
  }

  /** Whether it comes more than once a minute; such schedules are not watched over. */
  boolean isFrequent() {
    return seconds.cardinality() > 1;
  }
}
