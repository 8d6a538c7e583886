package dev.beckon.events;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where an event stands in its log: by its moment and, of one moment, by its key. An event that is
 * written later does not move it.
 */
public record EventPlace(Instant at, String key) implements Comparable<EventPlace> {
  private static final Comparator<EventPlace> ORDER =
      Comparator.comparing(EventPlace::at).thenComparing(EventPlace::key);

  /** Of an event; stores keep whole milliseconds. */
  public static EventPlace of(Event event) {
    return new EventPlace(Instant.ofEpochMilli(event.at().toEpochMilli()), event.key());
  }

  /** As {@link #toString} wrote it; empty when it did not. */
  public static Optional<EventPlace> parse(String text) {
    int slash = text.indexOf('/');
    return slash < 1 || !text.substring(0, slash).matches("[0-9]{1,15}")
        ? Optional.empty()
        : Optional.of(
            new EventPlace(
                Instant.ofEpochMilli(Long.parseLong(text.substring(0, slash))),
                text.substring(slash + 1)));
  }

  @Override
  public int compareTo(EventPlace other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return at.toEpochMilli() + "/" + key;
  }
}
