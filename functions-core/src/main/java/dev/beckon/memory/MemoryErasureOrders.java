package dev.beckon.memory;

import dev.beckon.operations.ErasureOrders;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Ordered erasures in memory, for tests and samples. Thread-safe. */
public final class MemoryErasureOrders implements ErasureOrders {
  private final Map<String, Order> orders = new HashMap<>();

  @Override
  public synchronized void put(Order order) {
    orders.merge(
        order.id(),
        order,
        (old, young) ->
            new Order(
                young.account(),
                young.hashes(),
                old.at().isAfter(young.at()) ? old.at() : young.at(),
                both(old.batches(), young.batches()),
                both(old.dispatches(), young.dispatches())));
  }

  @Override
  public synchronized Optional<Order> find(String id) {
    return Optional.ofNullable(orders.get(id));
  }

  @Override
  public synchronized List<Order> open(int limit) {
    return orders.values().stream().sorted(Comparator.comparing(Order::at)).limit(limit).toList();
  }

  @Override
  public synchronized void done(Order asRead) {
    orders.computeIfPresent(
        asRead.id(), (id, there) -> there.at().equals(asRead.at()) ? null : there);
  }

  private static Set<String> both(Set<String> some, Set<String> more) {
    Set<String> both = new HashSet<>(some);
    both.addAll(more);
    return both;
  }
}
