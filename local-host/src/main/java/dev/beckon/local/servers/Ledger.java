package dev.beckon.local.servers;

import dev.beckon.notices.Notices;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How often a sink accepted each reference: the proof that nobody was asked twice. Thread-safe.
 * Holds up to {@link #MOST} different references (about 150 MB); after that it still counts the
 * total, and {@link #complete()} says that the rest can no longer be proved.
 */
public final class Ledger {

  /** Different references remembered. */
  public static final int MOST = 1_000_000;

  /** Longest reference remembered whole, in characters. */
  static final int LONGEST = 200;

  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private final AtomicLong total = new AtomicLong();
  private volatile boolean complete = true;

  /**
   * Counts one acceptance; call it before the sender is told of it. What operators are told is no
   * invitation, and may come twice.
   */
  void accepted(String reference) {
    if (reference.startsWith(Notices.REFERENCE)) {
      return;
    }
    total.incrementAndGet();
    String known = reference.length() > LONGEST ? reference.substring(0, LONGEST) : reference;
    if (counts.size() >= MOST && !counts.containsKey(known)) {
      complete = false;
      return;
    }
    counts.merge(known, 1, Integer::sum);
  }

  /** Acceptances, repeated ones included. */
  public int total() {
    return Math.toIntExact(total.get());
  }

  /** Different references among them. */
  public int distinct() {
    return counts.size();
  }

  /** Whether every reference accepted so far was remembered. */
  public boolean complete() {
    return complete;
  }

  /** References accepted more than once, and how often. A copy. */
  public Map<String, Integer> repeated() {
    Map<String, Integer> repeated = new LinkedHashMap<>();
    counts.forEach((reference, count) -> {
      if (count > 1) {
        repeated.put(reference, count);
      }
    });
    return repeated;
  }

  /** How often a reference was accepted. */
  public int times(String reference) {
    return counts.getOrDefault(reference, 0);
  }

  public boolean has(String reference) {
    return counts.containsKey(reference);
  }

  /** All references, sorted. A copy. */
  public Set<String> references() {
    return new TreeSet<>(counts.keySet());
  }
}
