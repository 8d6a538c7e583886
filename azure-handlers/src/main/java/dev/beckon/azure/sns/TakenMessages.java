package dev.beckon.azure.sns;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which notifications this process took, for as long as their time would still be accepted: a
 * repeat has no effect then. Another process does not know them; there a repeat is one hint more,
 * which the import's identity makes harmless. Thread-safe.
 */
final class TakenMessages {
  /** What a process takes in an hour and more; beyond it the oldest are forgotten. */
  private static final int MOST = 20_000;

  enum Claim {
    FRESH,
    BEING_TAKEN,
    TAKEN
  }

  private record Entry(Instant until, boolean taken) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * Claims a message for whoever takes it now: that caller alone gets FRESH and tells how it ended.
   *
   * @param until when its time is over
   */
  synchronized Claim claim(String id, Instant until, Instant now) {
    Entry known = entries.get(id);
    if (known != null) {
      return known.taken() ? Claim.TAKEN : Claim.BEING_TAKEN;
    }
    forget(now);
    entries.put(id, new Entry(until, false));
    return Claim.FRESH;
  }

  synchronized void taken(String id) {
    entries.computeIfPresent(id, (same, entry) -> new Entry(entry.until(), true));
  }

  synchronized void failed(String id) {
    entries.remove(id);
  }

  private void forget(Instant now) {
    Iterator<Entry> oldest = entries.values().iterator();
    while (oldest.hasNext()) {
      Entry entry = oldest.next();
      if (entries.size() < MOST && entry.until().isAfter(now)) {
        return;
      }
      oldest.remove();
    }
  }
}
