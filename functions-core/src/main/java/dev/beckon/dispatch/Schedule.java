package dev.beckon.dispatch;

import dev.beckon.dispatch.SendGroup.Item;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows by the moment they may be claimed. The rows of a batch mostly share theirs, so they are kept
 * by moments and not in a heap, which would compare each with a dozen others. Used by one thread.
 */
final class Schedule {
  private final TreeMap<Instant, ArrayDeque<Item>> byMoment = new TreeMap<>();
  private int size;

  void add(Item item) {
    Map.Entry<Instant, ArrayDeque<Item>> last = byMoment.lastEntry();
    if (last != null && last.getKey().equals(item.from())) {
      last.getValue().add(item);
    } else {
      byMoment.computeIfAbsent(item.from(), any -> new ArrayDeque<>()).add(item);
    }
    size++;
  }

  int size() {
    return size;
  }

  /** When the next row may be claimed; null when there is none. */
  @Nullable Instant next() {
    return size == 0 ? null : byMoment.firstKey();
  }

  /** Takes the next row if its moment has come. */
  @Nullable Item poll(Instant now) {
    Map.Entry<Instant, ArrayDeque<Item>> first = byMoment.firstEntry();
    if (first == null || first.getKey().isAfter(now)) {
      return null;
    }
    Item item = first.getValue().remove();
    if (first.getValue().isEmpty()) {
      byMoment.remove(first.getKey());
    }
    size--;
    return item;
  }

  void forEach(Consumer<Item> visitor) {
    byMoment.values().forEach(items -> items.forEach(visitor));
  }
}
