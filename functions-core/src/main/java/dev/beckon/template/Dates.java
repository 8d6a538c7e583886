package dev.beckon.template;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A compiled date format: the directives of strftime that mails need, English names as in Liquid.
 * Reads ISO dates and date-times; the clock is shown as written, whatever its offset. Immutable.
 */
final class Dates {
  private static final int DATE = 10; // 2026-03-01
  private static final String DIRECTIVES =
      "%a %A %b %B %d %-d %e %m %-m %y %Y %j %H %-H %I %-I %M %S %p %F %T %R %%";

  private final List<BiConsumer<LocalDateTime, StringBuilder>> steps;

  private Dates(List<BiConsumer<LocalDateTime, StringBuilder>> steps) {
    this.steps = List.copyOf(steps);
  }

  static Dates compile(String format, int offset) throws Refusal {
    List<BiConsumer<LocalDateTime, StringBuilder>> steps = new ArrayList<>();
    int at = 0;
    while (at < format.length()) {
      int percent = format.indexOf('%', at);
      int end = percent < 0 ? format.length() : percent;
      if (end > at) {
        String text = format.substring(at, end);
        steps.add((time, out) -> out.append(text));
      }
      if (percent < 0) {
        break;
      }
      boolean bare = format.startsWith("-", percent + 1);
      at = percent + (bare ? 2 : 1);
      BiConsumer<LocalDateTime, StringBuilder> step =
          at < format.length() ? step(format.charAt(at), bare) : null;
      if (step == null) {
        int stop = Math.min(format.length(), at + 1);
        throw new Refusal(
            offset,
            "unknown date directive \""
                + format.substring(percent, stop)
                + "\": there are "
                + DIRECTIVES);
      }
      steps.add(step);
      at++;
    }
    return new Dates(steps);
  }

  /** Formats, or returns text that is no ISO date as it came. */
  String format(String text) {
    LocalDateTime time = parse(text.strip());
    if (time == null) {
      return text;
    }
    StringBuilder out = new StringBuilder(24);
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).accept(time, out);
    }
    return out.toString();
  }

  private static @Nullable BiConsumer<LocalDateTime, StringBuilder> step(
      char directive, boolean bare) {
    if (bare) {
      return switch (directive) {
        case 'd' -> (time, out) -> out.append(time.getDayOfMonth());
        case 'm' -> (time, out) -> out.append(time.getMonthValue());
        case 'H' -> (time, out) -> out.append(time.getHour());
        case 'I' -> (time, out) -> out.append(hour12(time));
        default -> null;
      };
    }
    return switch (directive) {
      case 'a' -> (time, out) -> out.append(dayName(time, TextStyle.SHORT));
      case 'A' -> (time, out) -> out.append(dayName(time, TextStyle.FULL));
      case 'b' -> (time, out) -> out.append(monthName(time, TextStyle.SHORT));
      case 'B' -> (time, out) -> out.append(monthName(time, TextStyle.FULL));
      case 'd' -> (time, out) -> pad(time.getDayOfMonth(), '0', out);
      case 'e' -> (time, out) -> pad(time.getDayOfMonth(), ' ', out);
      case 'm' -> (time, out) -> pad(time.getMonthValue(), '0', out);
      case 'y' -> (time, out) -> pad(Math.floorMod(time.getYear(), 100), '0', out);
      case 'Y' -> (time, out) -> out.append(time.toLocalDate().toString(), 0, 4);
      case 'j' -> Dates::dayOfYear;
      case 'H' -> (time, out) -> pad(time.getHour(), '0', out);
      case 'I' -> (time, out) -> pad(hour12(time), '0', out);
      case 'M' -> (time, out) -> pad(time.getMinute(), '0', out);
      case 'S' -> (time, out) -> pad(time.getSecond(), '0', out);
      case 'p' -> (time, out) -> out.append(time.getHour() < 12 ? "AM" : "PM");
      case 'F' -> (time, out) -> out.append(time.toLocalDate());
      case 'T' -> Dates::clock;
      case 'R' -> Dates::hourAndMinute;
      case '%' -> (time, out) -> out.append('%');
      default -> null;
    };
  }

  private static String dayName(LocalDateTime time, TextStyle style) {
    return time.getDayOfWeek().getDisplayName(style, Locale.ENGLISH);
  }

  /** The JDK's short September has varied between releases; strftime always has three letters. */
  private static String monthName(LocalDateTime time, TextStyle style) {
    String name = time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    return style == TextStyle.FULL ? name : name.substring(0, 3);
  }

  private static int hour12(LocalDateTime time) {
    int hour = time.getHour() % 12;
    return hour == 0 ? 12 : hour;
  }

  private static void dayOfYear(LocalDateTime time, StringBuilder out) {
    if (time.getDayOfYear() < 100) {
      out.append('0');
    }
    pad(time.getDayOfYear(), '0', out);
  }

  private static void hourAndMinute(LocalDateTime time, StringBuilder out) {
    pad(time.getHour(), '0', out);
    pad(time.getMinute(), '0', out.append(':'));
  }

  private static void clock(LocalDateTime time, StringBuilder out) {
    hourAndMinute(time, out);
    pad(time.getSecond(), '0', out.append(':'));
  }

  private static void pad(int number, char with, StringBuilder out) {
    if (number < 10) {
      out.append(with);
    }
    out.append(number);
  }

  private static @Nullable LocalDateTime parse(String text) {
    if (text.length() < DATE || !shape(text, 0, "0000-00-00")) {
      return null;
    }
    String clock = text.substring(DATE);
    if (!clock.isEmpty() && !isClock(clock)) {
      return null;
    }
    try {
      LocalDate date = LocalDate.of(figure(text, 0, 4), figure(text, 5, 7), figure(text, 8, DATE));
      if (clock.isEmpty()) {
        return date.atStartOfDay();
      }
      int second = shape(clock, 6, ":00") ? figure(clock, 7, 9) : 0;
      return date.atTime(LocalTime.of(figure(clock, 1, 3), figure(clock, 4, 6), second));
    } catch (DateTimeException noSuchDay) {
      return null;
    }
  }

  /** {@code T10:15}, then perhaps seconds, a fraction and an offset. */
  private static boolean isClock(String clock) {
    if ((clock.charAt(0) != 'T' && clock.charAt(0) != ' ') || !shape(clock, 1, "00:00")) {
      return false;
    }
    int at = 6;
    if (shape(clock, at, ":00")) {
      at += 3;
      if (shape(clock, at, ".0")) {
        at++;
        while (shape(clock, at, "0")) {
          at++;
        }
      }
    }
    String zone = clock.substring(at).strip();
    return zone.isEmpty()
        || zone.equals("Z")
        || ((zone.startsWith("+") || zone.startsWith("-"))
            && ((zone.length() == 6 && shape(zone, 1, "00:00"))
                || (zone.length() == 5 && shape(zone, 1, "0000"))
                || (zone.length() == 3 && shape(zone, 1, "00"))));
  }

  /** Tells whether the pattern is found there; its zeros stand for any digit. */
  private static boolean shape(String text, int at, String pattern) {
    if (at + pattern.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < pattern.length(); i++) {
      char c = text.charAt(at + i);
      char wanted = pattern.charAt(i);
      if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
        return false;
      }
    }
    return true;
  }

  private static int figure(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
