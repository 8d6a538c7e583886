package dev.beckon.memory;

import dev.beckon.notices.NoticeStore;
import dev.beckon.notices.Standing;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** How far notices have told, in memory, for tests and samples. Thread-safe. */
public final class MemoryNoticeStore implements NoticeStore {
  private final Map<String, Standing> standings = new HashMap<>();

  @Override
  public synchronized Map<String, Standing> load(Collection<String> ids) {
    Map<String, Standing> found = new HashMap<>(standings);
    found.keySet().retainAll(ids);
    return found;
  }

  @Override
  public synchronized void begin(String id, Instant at) {
    standings.putIfAbsent(id, Standing.begun(at));
  }

  @Override
  public synchronized boolean replace(String id, Standing next) {
    Standing stored = standings.get(id);
    if (stored == null || stored.version() != next.version() - 1) {
      return false;
    }
    standings.put(id, next);
    return true;
  }
}
