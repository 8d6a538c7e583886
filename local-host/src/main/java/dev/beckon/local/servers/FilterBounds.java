package dev.beckon.local.servers;

import de.bwaldvogel.mongo.bson.Document;
import dev.beckon.local.servers.SortedKeys.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a filter says of single fields, as far as an index can use it: values a field must have, or
 * a range it must lie in. Everything else in the filter is left to the matcher.
 */
final class FilterBounds {

  /**
   * Values of one type between two bounds; a null bound is the edge of the type.
   *
   * @param rank the type, as {@link KeyOrder#rank} numbers it
   */
  record Range(
      int rank, @Nullable Object low, boolean lowOpen, @Nullable Object high, boolean highOpen) {

    Entry from(@Nullable Object[] prefix) {
      return low == null
          ? probe(prefix, new KeyOrder.Edge(rank, false), false)
          : probe(prefix, low, lowOpen);
    }

    Entry to(@Nullable Object[] prefix) {
      return high == null
          ? probe(prefix, new KeyOrder.Edge(rank, true), true)
          : probe(prefix, high, !highOpen);
    }

    private static Entry probe(@Nullable Object[] prefix, Object value, boolean after) {
      @Nullable Object[] values = Arrays.copyOf(prefix, prefix.length + 1);
      values[prefix.length] = value;
      return new Entry(values, after ? Integer.MAX_VALUE : Integer.MIN_VALUE);
    }

    Range and(Range other) {
      // a second bound on the same side is left to the matcher
      return rank != other.rank
          ? this
          : new Range(
              rank,
              low != null ? low : other.low,
              low != null ? lowOpen : other.lowOpen,
              high != null ? high : other.high,
              high != null ? highOpen : other.highOpen);
    }
  }

  private final Map<String, List<@Nullable Object>> values = new HashMap<>();
  private final Map<String, Range> ranges = new HashMap<>();
  private final Set<String> namedTwice = new HashSet<>();

  private FilterBounds() {}

  static FilterBounds of(Document filter) {
    FilterBounds bounds = new FilterBounds();
    bounds.read(filter);
    return bounds;
  }

  /**
   * The same filter with the parts of {@code $and} beside the rest, as far as no name comes twice.
   * The Java driver writes every combined filter as {@code $and}.
   */
  static Document flat(Document filter) {
    if (!(filter.get("$and") instanceof Collection<?> parts)) {
      return filter;
    }
    Document flat = filter.clone();
    flat.remove("$and");
    List<Object> rest = new ArrayList<>();
    for (Object part : parts) {
      Document inner = part instanceof Document document ? flat(document) : new Document();
      if (inner.isEmpty()
          || inner.containsKey("$and")
          || inner.keySet().stream().anyMatch(flat::containsKey)) {
        rest.add(part);
      } else {
        flat.putAll(inner);
      }
    }
    if (!rest.isEmpty() || parts.isEmpty()) {
      flat.put("$and", rest);
    }
    return flat;
  }

  /** The sorted, distinct values the field must have one of; null when the filter names none. */
  @Nullable List<@Nullable Object> values(String field) {
    return values.get(field);
  }

  /**
   * Whether a document whose field has one of {@link #values} needs no second look at that field;
   * asked because the matcher compares with each value of a long list in turn.
   */
  boolean settles(String field, Document filter) {
    return filter.get(field) instanceof Document condition
        && condition.keySet().equals(Set.of("$in"))
        && !namedTwice.contains(field);
  }

  /** Null when the filter gives none. */
  @Nullable Range range(String field) {
    return ranges.get(field);
  }

  private void read(Document filter) {
    filter.forEach((field, condition) -> {
      if (field.equals("$and") && condition instanceof Collection<?> parts) {
        parts.forEach(part -> {
          if (part instanceof Document document) {
            read(document);
          }
        });
      } else if (!field.startsWith("$")) {
        read(field, condition);
      }
    });
  }

  private void read(String field, @Nullable Object condition) {
    if (!(condition instanceof Document operators)) {
      oneOf(field, Arrays.asList(condition));
      return;
    }
    operators.forEach((operator, value) -> {
      switch (operator) {
        case "$eq" -> oneOf(field, Arrays.asList(value));
        case "$in" -> {
          if (value instanceof Collection<?> list) {
            oneOf(field, list);
          }
        }
        case "$gt" -> range(field, value, true, true);
        case "$gte" -> range(field, value, true, false);
        case "$lt" -> range(field, value, false, true);
        case "$lte" -> range(field, value, false, false);
        default -> {}
      }
    });
  }

  private void oneOf(String field, Collection<? extends @Nullable Object> list) {
    TreeSet<@Nullable Object> distinct = new TreeSet<>(KeyOrder::compare);
    for (Object value : list) {
      if (!KeyOrder.holds(value)) {
        return;
      }
      distinct.add(KeyOrder.normal(value));
    }
    List<@Nullable Object> known = values.get(field);
    if (known != null) {
      namedTwice.add(field);
    }
    if (known == null || distinct.size() < known.size()) {
      values.put(field, Arrays.asList(distinct.toArray()));
    }
  }

  private void range(String field, @Nullable Object bound, boolean low, boolean open) {
    Object value = KeyOrder.normal(bound);
    if (value == null || !KeyOrder.holds(value)) {
      return; // ranges that reach null also find documents without the field
    }
    int rank = KeyOrder.rank(value);
    Range range =
        low ? new Range(rank, value, open, null, false) : new Range(rank, null, false, value, open);
    ranges.merge(field, range, Range::and);
  }
}
