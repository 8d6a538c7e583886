package dev.beckon.operations;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Erasures that were ordered and may not be complete: what is under way while one is ordered is
 * erased when it has settled. Thread-safe.
 */
public interface ErasureOrders {

  /**
   * One recipient to be erased from one account.
   *
   * @param hashes under every key; the first names the order
   * @param at when it was ordered last
   * @param batches those that held the recipient
   * @param dispatches those that asked the recipient
   */
  record Order(
      String account,
      List<String> hashes,
      Instant at,
      Set<String> batches,
      Set<String> dispatches) {
    public Order {
      hashes = List.copyOf(hashes);
      batches = Set.copyOf(batches);
      dispatches = Set.copyOf(dispatches);
    }

    public String id() {
      return account + "/" + hashes.getFirst();
    }
  }

  /** Stores an order; batches and dispatches are added to those of the same recipient. */
  void put(Order order);

  Optional<Order> find(String id);

  /** The oldest orders first. */
  List<Order> open(int limit);

  /** Forgets an order, unless it was ordered again since it was read. */
  void done(Order asRead);
}
