package dev.beckon.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where events are kept. Thread-safe. */
public interface EventLog {

  /** Writes an event unless one with its key is there. */
  void write(Event event);

  /**
   * A page of those that fit, newest first.
   *
   * @param after where the page before ended; null for the first
   */
  List<Event> find(EventQuery query, @Nullable EventPlace after, int limit);

  /** The newest events, newest first. */
  List<Event> newest(int limit);
}
