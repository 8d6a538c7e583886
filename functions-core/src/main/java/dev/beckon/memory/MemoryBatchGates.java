package dev.beckon.memory;

import dev.beckon.parcel.BatchGates;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Batch gates in memory, for tests and samples. Thread-safe. */
public final class MemoryBatchGates implements BatchGates {
  private final Map<String, State> gates = new HashMap<>();

  @Override
  public synchronized Map<String, State> among(Collection<String> batches) {
    Map<String, State> found = new HashMap<>(gates);
    found.keySet().retainAll(batches);
    return found;
  }

  @Override
  public synchronized void hold(String batch, Instant at) {
    gates.putIfAbsent(batch, State.HELD);
  }

  @Override
  public synchronized boolean release(String batch, Instant at) {
    return gates.replace(batch, State.HELD, State.LIVE);
  }

  @Override
  public synchronized void cancel(String batch, Instant at) {
    gates.put(batch, State.CANCELLED);
  }
}
