package dev.beckon.memory;

import dev.beckon.batch.Batch;
import dev.beckon.batch.BatchReceipt;
import dev.beckon.batch.BatchStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Batches in memory, for tests and samples. Thread-safe. */
public final class MemoryBatchStore implements BatchStore {
  private static final Comparator<Place> NEWEST =
      Comparator.comparing(Place::acceptedAt).thenComparing(Place::id).reversed();

  private final Map<String, Batch> batches = new HashMap<>();

  @Override
  public synchronized boolean insert(Batch batch) {
    return batches.putIfAbsent(batch.id(), batch) == null;
  }

  @Override
  public synchronized Optional<Batch> find(String account, String id) {
    return Optional.ofNullable(batches.get(id)).filter(batch -> batch.account().equals(account));
  }

  @Override
  public synchronized boolean takeOver(String id, Instant asRead, Instant until) {
    return hold(id, asRead, until);
  }

  @Override
  public synchronized void letGo(String id, Instant until, Instant now) {
    hold(id, until, now);
  }

  private boolean hold(String id, Instant asRead, Instant until) {
    Batch there = batches.get(id);
    if (there == null || there.receipt() != null || !there.until().equals(asRead)) {
      return false;
    }
    batches.put(id, there.heldUntil(until));
    return true;
  }

  @Override
  public synchronized boolean finish(String id, BatchReceipt receipt) {
    Batch there = batches.get(id);
    if (there == null || there.receipt() != null) {
      return false;
    }
    batches.put(id, there.done(receipt));
    return true;
  }

  @Override
  public synchronized List<Listed> page(
      String account, @Nullable String dispatch, @Nullable Place after, int limit) {
    return batches.values().stream()
        .filter(batch -> batch.account().equals(account))
        .filter(batch -> dispatch == null || batch.dispatch().equals(dispatch))
        .filter(batch -> after == null || NEWEST.compare(place(batch), after) > 0)
        .sorted(Comparator.comparing(MemoryBatchStore::place, NEWEST))
        .limit(limit)
        .map(MemoryBatchStore::listed)
        .toList();
  }

  private static Place place(Batch batch) {
    return new Place(batch.acceptedAt(), batch.id());
  }

  private static Listed listed(Batch batch) {
    BatchReceipt receipt = batch.receipt();
    return new Listed(
        batch.id(),
        batch.dispatch(),
        batch.who(),
        batch.acceptedAt(),
        batch.rows(),
        receipt == null ? 0 : receipt.refusedCount(),
        receipt != null);
  }
}
