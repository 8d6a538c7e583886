package dev.beckon.memory;

import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Events in memory, for tests and samples. Thread-safe. */
public final class MemoryEventLog implements EventLog {
  private final Map<String, Event> events = new LinkedHashMap<>();

  @Override
  public synchronized void write(Event event) {
    events.putIfAbsent(event.key(), event);
  }

  @Override
  public synchronized List<Event> newest(int limit) {
    return events.values().stream()
        .sorted(Comparator.comparing(Event::at).reversed())
        .limit(limit)
        .toList();
  }
}
