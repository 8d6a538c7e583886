package dev.beckon.events;

import java.util.List;

/** Where events are kept. Thread-safe. */
public interface EventLog {

  /** Writes an event unless one with its key is there. */
  void write(Event event);

  /** The newest events, newest first. */
  List<Event> newest(int limit);
}
