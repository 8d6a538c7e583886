package dev.beckon.local.servers;

import de.bwaldvogel.mongo.bson.Document;
import dev.beckon.local.servers.SortedKeys.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How one query uses one index: values for the first fields, perhaps a range of the next, perhaps
 * the order asked for. Always gives at least every document that matches; valid until the
 * collection changes.
 */
final class IndexPlan {

  /** Ranges read for lists of values in several fields; more would cost more than reading all. */
  private static final int MOST_RANGES = 200_000;

  private final SortedKeys index;
  private final List<@Nullable Object[]> prefixes;
  private final FilterBounds.@Nullable Range range;
  private final int direction;
  private final Document rest;

  private IndexPlan(
      SortedKeys index,
      List<@Nullable Object[]> prefixes,
      FilterBounds.@Nullable Range range,
      int direction,
      Document rest) {
    this.index = index;
    this.prefixes = prefixes;
    this.range = range;
    this.direction = direction;
    this.rest = rest;
  }

  /** Null when no index helps. */
  static @Nullable IndexPlan choose(
      Collection<SortedKeys> indexes, Document filter, @Nullable Document orderBy, int limit) {
    Document order = orderBy == null ? new Document() : orderBy;
    if (indexes.isEmpty() || order.containsKey("$natural")) {
      return null;
    }
    FilterBounds bounds = FilterBounds.of(filter);
    IndexPlan best = null;
    int bestScore = 0;
    for (SortedKeys index : indexes) {
      List<String> fields = index.fields();
      int equal = 0;
      long ranges = 1;
      while (equal < fields.size() && bounds.values(fields.get(equal)) != null) {
        long more = ranges * Objects.requireNonNull(bounds.values(fields.get(equal))).size();
        if (more > MOST_RANGES) {
          break;
        }
        ranges = more;
        equal++;
      }
      FilterBounds.Range range =
          equal < fields.size() && !index.hasArrays() ? bounds.range(fields.get(equal)) : null;
      int direction =
          !order.isEmpty() && ranges == 1 && index.oneEach() ? direction(fields, equal, order) : 0;
      int score =
          index.unique() && equal == fields.size()
              ? Integer.MAX_VALUE
              : 4 * equal + (range != null ? 2 : 0) + (direction != 0 && limit > 0 ? 1 : 0);
      if (score > bestScore) {
        bestScore = score;
        best =
            new IndexPlan(
                index,
                prefixes(fields.subList(0, equal), bounds),
                range,
                direction,
                rest(filter, index, equal, bounds));
      }
    }
    return best;
  }

  /** Whether the positions come in the order asked for. */
  boolean sorted() {
    return direction != 0;
  }

  /** What is left of the filter to match each candidate with. */
  Document rest() {
    return rest;
  }

  private static Document rest(Document filter, SortedKeys index, int equal, FilterBounds bounds) {
    if (!index.oneEach()) {
      return filter;
    }
    Document rest = filter.clone();
    for (String field : index.fields().subList(0, equal)) {
      if (bounds.settles(field, filter)) {
        rest.remove(field);
      }
    }
    return rest;
  }

  /** Each candidate once, read lazily. */
  Stream<Integer> positions() {
    Stream<Integer> positions =
        prefixes.stream().flatMap(prefix -> entries(prefix).stream().map(Entry::position));
    if (index.oneEach()) {
      return positions;
    }
    return Stream.concat(positions, index.unordered().stream()).distinct();
  }

  private NavigableSet<Entry> entries(@Nullable Object[] prefix) {
    NavigableSet<Entry> found;
    if (prefix.length == 0 && range == null) {
      found = index.all();
    } else if (range == null) {
      found =
          index.between(new Entry(prefix, Integer.MIN_VALUE), new Entry(prefix, Integer.MAX_VALUE));
    } else {
      found = index.between(range.from(prefix), range.to(prefix));
    }
    return direction < 0 ? found.descendingSet() : found;
  }

  private static List<@Nullable Object[]> prefixes(List<String> fields, FilterBounds bounds) {
    List<@Nullable Object[]> prefixes = List.<@Nullable Object[]>of(new Object[0]);
    for (String field : fields) {
      List<@Nullable Object[]> longer = new ArrayList<>();
      for (@Nullable Object[] prefix : prefixes) {
        for (Object value : Objects.requireNonNull(bounds.values(field))) {
          @Nullable Object[] next = Arrays.copyOf(prefix, prefix.length + 1);
          next[prefix.length] = value;
          longer.add(next);
        }
      }
      prefixes = longer;
    }
    return prefixes;
  }

  /** 1 when the index gives the order asked for, -1 when it does backwards, 0 when not. */
  private static int direction(List<String> fields, int equal, Document orderBy) {
    int direction = 0;
    int at = equal;
    for (String field : orderBy.keySet()) {
      if (fields.subList(0, equal).contains(field)) {
        continue; // one value: no order among them
      }
      if (at == fields.size()
          || !fields.get(at).equals(field)
          || !(orderBy.get(field) instanceof Number sign)
          || (direction != 0 && direction != Integer.signum(sign.intValue()))) {
        return 0;
      }
      direction = Integer.signum(sign.intValue());
      at++;
    }
    return direction == 0 ? 1 : direction;
  }
}
