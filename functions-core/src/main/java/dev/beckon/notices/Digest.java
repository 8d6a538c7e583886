package dev.beckon.notices;

import dev.beckon.account.Notice;
import dev.beckon.events.Event;
import dev.beckon.vendor.Content;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The events of one stretch, gathered for a mail. One use, by one thread. */
final class Digest {
  /** Shown with their messages. */
  private static final int SHOWN = 10;

  private static final int CODES_IN_SUBJECT = 3;
  private static final int LONGEST_MESSAGE = 500;

  private static final Comparator<Event> GRAVEST_FIRST =
      Comparator.comparing(Event::level)
          .thenComparing(Event::at)
          .reversed()
          .thenComparing(Event::key);

  private record Kind(Event.Level level, String code) implements Comparable<Kind> {
    private static final Comparator<Kind> ORDER =
        Comparator.comparing(Kind::level).reversed().thenComparing(Kind::code);

    @Override
    public int compareTo(Kind other) {
      return ORDER.compare(this, other);
    }
  }

  private final String account;
  private final Notice notice;
  private final Instant since;
  private final Instant until;
  private final Map<Kind, Integer> kinds = new TreeMap<>();
  private List<Event> shown = List.of();
  private boolean more;

  Digest(String account, Notice notice, Instant since, Instant until) {
    this.account = account;
    this.notice = notice;
    this.since = since;
    this.until = until;
  }

  void add(Collection<Event> events) {
    events.forEach(event -> kinds.merge(new Kind(event.level(), event.code()), 1, Integer::sum));
    List<Event> all = new ArrayList<>(shown);
    all.addAll(events);
    shown = all.stream().sorted(GRAVEST_FIRST).limit(SHOWN).toList();
  }

  /** There are older ones that were not looked at. */
  void andMore() {
    more = true;
  }

  boolean isEmpty() {
    return kinds.isEmpty();
  }

  int size() {
    return kinds.values().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * @param publicUrl where the API is
   */
  Content.Email mail(URI publicUrl) {
    return new Content.Email(subject(), text(publicUrl), null, null);
  }

  private String subject() {
    Map<Event.Level, Integer> levels = new TreeMap<>(Comparator.reverseOrder());
    kinds.forEach((kind, times) -> levels.merge(kind.level(), times, Integer::sum));
    String counts =
        levels.entrySet().stream()
            .map(level -> times(level.getValue(), level.getKey()))
            .collect(Collectors.joining(", "));
    List<String> codes = kinds.keySet().stream().map(Kind::code).distinct().toList();
    int left = codes.size() - CODES_IN_SUBJECT;
    return "[Beckon %s] %s%s: %s%s"
        .formatted(
            account,
            more ? "more than " : "",
            counts,
            String.join(", ", codes.subList(0, Math.min(codes.size(), CODES_IN_SUBJECT))),
            left > 0 ? " and " + left + " more" : "");
  }

  private String text(URI publicUrl) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Account %s from %s to %s, level %s and above:%n%n"
            .formatted(account, since, until, word(notice.level())));
    kinds.forEach((kind, times) ->
        text.append("  %s  %s%n".formatted(times(times, kind.level()), kind.code())));
    if (more) {
      text.append("  and older ones, which are not counted here%n".formatted());
    }
    text.append("%n%s:%n".formatted(heading()));
    for (Event event : shown) {
      text.append(
          "%n%s  %s  %s%n  %s%n"
              .formatted(event.at(), word(event.level()), event.code(), oneLine(event.message())));
    }
    text.append(
        """

        All of them, with a key of scope read:
          GET %s/v1/events?level=%s&since=%s&until=%s
        What a code means and what to do: docs/events.md
        Who gets this mail: notices.%s in the account's document
        """
            .formatted(publicUrl, notice.level(), since, until, notice.id()));
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  private String heading() {
    return shown.size() < size() || more
        ? "The gravest " + shown.size() + " of them, the newest first"
        : "What happened, the gravest first";
  }

  /** Names of files are in some messages: none of them shall look like a line of ours. */
  private static String oneLine(String message) {
    String line = message.replaceAll("\\R|\\p{Cntrl}", " ");
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + " …";
  }

  private static String times(int times, Event.Level level) {
    boolean countable = level != Event.Level.INFORMATION;
    return times + " " + word(level) + (times == 1 || !countable ? "" : "s");
  }

  private static String word(Event.Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }
}
