package dev.beckon.local.servers;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One index: the positions of documents in the order of their key values. Not thread-safe: the
 * collection's lock guards it.
 */
final class SortedKeys {

  /** Key values and where the document is; a probe has fewer values and an extreme position. */
  static final class Entry implements Comparable<Entry> {

    private final @Nullable Object[] values;
    private final int position;

    Entry(@Nullable Object[] values, int position) {
      this.values = values;
      this.position = position;
    }

    int position() {
      return position;
    }

    @Override
    public int compareTo(Entry other) {
      int common = Math.min(values.length, other.values.length);
      for (int i = 0; i < common; i++) {
        int order = KeyOrder.compare(values[i], other.values[i]);
        if (order != 0) {
          return order;
        }
      }
      return Integer.compare(position, other.position);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Entry entry && compareTo(entry) == 0;
    }

    @Override
    public int hashCode() {
      return position;
    }
  }

  private final List<String> fields;
  private final List<String[]> paths;
  private final boolean unique;
  private final NavigableSet<Entry> entries = new TreeSet<>();
  // documents with a value the order does not hold are candidates of every query
  private final Set<Integer> unordered = new TreeSet<>();
  private int arrays;

  SortedKeys(List<String> fields, boolean unique) {
    this.fields = List.copyOf(fields);
    this.paths = this.fields.stream().map(field -> field.split("\\.", -1)).toList();
    this.unique = unique;
  }

  List<String> fields() {
    return fields;
  }

  boolean unique() {
    return unique;
  }

  /** Whether each document has exactly one entry, so that their order is the documents' order. */
  boolean oneEach() {
    return arrays == 0 && unordered.isEmpty();
  }

  /** Whether a document can have more than one value for the key. */
  boolean hasArrays() {
    return arrays > 0;
  }

  Set<Integer> unordered() {
    return unordered;
  }

  NavigableSet<Entry> between(Entry from, Entry to) {
    // an empty range may be asked for, as in {$gt: 5, $lt: 3}
    return from.compareTo(to) > 0 ? new TreeSet<>() : entries.subSet(from, true, to, true);
  }

  NavigableSet<Entry> all() {
    return entries;
  }

  void add(Document document, int position) {
    List<@Nullable Object[]> keys = keys(document);
    if (keys.isEmpty()) {
      unordered.add(position);
    } else {
      arrays += isArray(document) ? 1 : 0;
      keys.forEach(values -> entries.add(new Entry(values, position)));
    }
  }

  void remove(Document document, int position) {
    List<@Nullable Object[]> keys = keys(document);
    if (keys.isEmpty()) {
      unordered.remove(position);
    } else {
      arrays -= isArray(document) ? 1 : 0;
      keys.forEach(values -> entries.remove(new Entry(values, position)));
    }
  }

  void replace(Document before, Document after, int position) {
    List<@Nullable Object[]> keys = keys(before);
    if (keys.size() != 1
        || keys(after).size() != 1
        || !Arrays.equals(keys.get(0), keys(after).get(0))) {
      remove(before, position);
      add(after, position);
    }
  }

  private boolean isArray(Document document) {
    return paths.size() == 1 && value(document, paths.get(0)) instanceof Collection;
  }

  /** One key, several for an array in a single-field index, none when the order cannot hold it. */
  private List<@Nullable Object[]> keys(Document document) {
    if (paths.size() == 1 && value(document, paths.get(0)) instanceof Collection<?> elements) {
      List<@Nullable Object[]> keys = new ArrayList<>();
      for (Object element : elements) {
        if (!KeyOrder.holds(element)) {
          return List.of();
        }
        keys.add(new @Nullable Object[] {KeyOrder.normal(element)});
      }
      return keys;
    }
    @Nullable Object[] values = new @Nullable Object[paths.size()];
    for (int i = 0; i < values.length; i++) {
      Object value = value(document, paths.get(i));
      if (!KeyOrder.holds(value)) {
        return List.of();
      }
      values[i] = KeyOrder.normal(value);
    }
    return List.<@Nullable Object[]>of(values);
  }

  private static @Nullable Object value(Document document, String[] path) {
    Object at = document;
    for (String name : path) {
      if (at instanceof Document parent) {
        at = parent.get(name);
      } else if (at instanceof Collection) {
        // an array on the way can give any number of values: an array itself is not held
        return List.of(List.of());
      } else {
        return null;
      }
    }
    return at;
  }
}
