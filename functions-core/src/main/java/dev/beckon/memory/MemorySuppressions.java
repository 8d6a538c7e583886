package dev.beckon.memory;

import dev.beckon.intake.Suppressions;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Suppressed recipients in memory, for tests and samples. Thread-safe. */
public final class MemorySuppressions implements Suppressions {
  private final Map<String, Set<String>> suppressed = new HashMap<>();

  @Override
  public synchronized Set<String> among(String account, Collection<String> hashes) {
    Set<String> among = new HashSet<>(hashes);
    among.retainAll(suppressed.getOrDefault(account, Set.of()));
    return among;
  }

  @Override
  public synchronized void add(String account, String hash, String why, Instant at) {
    suppressed.computeIfAbsent(account, any -> new HashSet<>()).add(hash);
  }

  @Override
  public synchronized void remove(String account, Collection<String> hashes) {
    hashes.forEach(suppressed.getOrDefault(account, new HashSet<>())::remove);
  }
}
