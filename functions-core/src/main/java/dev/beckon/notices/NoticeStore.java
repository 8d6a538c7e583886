package dev.beckon.notices;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** How far each notice has told. Every change is one write. Thread-safe. */
public interface NoticeStore {

  /** How far they are, by id; those that never began are left out. */
  Map<String, Standing> load(Collection<String> ids);

  /** Begins a notice with its first standing, unless it began before. */
  void begin(String id, Instant at);

  /**
   * Stores {@link Standing#version} + 1 of a notice over the version it was made from.
   *
   * @return false when another version is stored by now; nothing is changed then
   */
  boolean replace(String id, Standing next);
}
