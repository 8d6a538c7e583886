package dev.beckon.memory;

import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.events.EventPlace;
import dev.beckon.events.EventQuery;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events in memory, for tests and samples. Thread-safe. */
public final class MemoryEventLog implements EventLog {
  private final Map<String, Event> events = new LinkedHashMap<>();

  @Override
  public synchronized void write(Event event) {
    events.putIfAbsent(event.key(), event);
  }

  @Override
  public synchronized List<Event> find(EventQuery query, @Nullable EventPlace after, int limit) {
    return events.values().stream()
        .filter(query::fits)
        .filter(event -> after == null || EventPlace.of(event).compareTo(after) < 0)
        .sorted(Comparator.comparing(EventPlace::of).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Event> newest(int limit) {
    return events.values().stream()
        .sorted(Comparator.comparing(Event::at).reversed())
        .limit(limit)
        .toList();
  }
}
