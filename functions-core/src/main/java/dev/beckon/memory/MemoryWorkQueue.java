package dev.beckon.memory;

import dev.beckon.parcel.WorkQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A queue in memory, for tests and samples. Thread-safe. */
public final class MemoryWorkQueue implements WorkQueue {
  private final Deque<String> waiting = new ArrayDeque<>();
  private boolean refusing;

  @Override
  public synchronized Set<String> send(Collection<String> bodies) {
    Set<String> once = new LinkedHashSet<>(bodies);
    if (refusing) {
      return once;
    }
    waiting.addAll(once);
    return Set.of();
  }

  /** Takes at most this many bodies off the queue, oldest first. */
  public synchronized List<String> take(int most) {
    List<String> taken = new ArrayList<>();
    while (taken.size() < most && !waiting.isEmpty()) {
      taken.add(waiting.removeFirst());
    }
    return taken;
  }

  public synchronized int size() {
    return waiting.size();
  }

  /** Plays a queue that is down: while true, no body is taken. */
  public synchronized void refuse(boolean refusing) {
    this.refusing = refusing;
  }
}
