package dev.beckon.memory;

import dev.beckon.access.RequestCounts;
import java.util.HashMap;
import java.util.Map;

/** Counted requests in memory, for tests and samples. Thread-safe. */
public final class MemoryRequestCounts implements RequestCounts {
  private record Minute(long number, int used) {}

  private final Map<String, Minute> minutes = new HashMap<>();

  @Override
  public synchronized Taken take(String caller, long minute, int wanted, int most) {
    Minute stored = minutes.getOrDefault(caller, new Minute(minute, 0));
    Minute now = stored.number() < minute ? new Minute(minute, 0) : stored;
    int granted = Math.clamp((long) most - now.used(), 0, wanted);
    int used = now.used() + granted;
    minutes.put(caller, new Minute(now.number(), used));
    return new Taken(granted, used);
  }
}
