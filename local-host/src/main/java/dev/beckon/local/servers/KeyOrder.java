package dev.beckon.local.servers;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The order of index keys, as MongoDB compares them: by type, then by value. Only simple values are
 * held; whoever meets another one must not use the order for it.
 */
final class KeyOrder {

  private static final int NOT_HELD = -1;

  private KeyOrder() {}

  /** Stands before or after every value of one type. */
  record Edge(int rank, boolean after) {}

  /** Whether this order can tell apart all values equal and unequal to this one. */
  static boolean holds(@Nullable Object value) {
    return rank(normal(value)) != NOT_HELD;
  }

  /** Equal values of different Java types become the same; missing becomes null. */
  static @Nullable Object normal(@Nullable Object value) {
    if (value == null || value instanceof Missing) {
      return null;
    }
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value instanceof Double number) {
      // beyond 2^53 doubles skip integers; they stay as they are and compare as doubles
      return number == Math.rint(number) && Math.abs(number) < 0x1p53
          ? (Object) number.longValue()
          : number;
    }
    return value;
  }

  /** The place of a normal value's type among all types; negative when it is not held. */
  static int rank(@Nullable Object normal) {
    // a chain, not a pattern switch: this runs 20 times for each key looked up or changed
    if (normal == null) {
      return 0;
    }
    if (normal instanceof String) {
      return 2;
    }
    if (normal instanceof Long) {
      return 1;
    }
    if (normal instanceof Instant) {
      return 10;
    }
    if (normal instanceof Double number) {
      return Double.isFinite(number) ? 1 : NOT_HELD;
    }
    if (normal instanceof Edge edge) {
      return edge.rank();
    }
    if (normal instanceof ObjectId) {
      return 8;
    }
    if (normal instanceof Boolean) {
      return 9;
    }
    if (normal instanceof BinData) {
      return 5;
    }
    return normal instanceof UUID ? 7 : NOT_HELD;
  }

  /** Compares two normal values that are held, or edges. */
  static int compare(@Nullable Object a, @Nullable Object b) {
    if (a instanceof String left && b instanceof String right) {
      return left.compareTo(right);
    }
    if (a instanceof Long left && b instanceof Long right) {
      return left.compareTo(right);
    }
    int byRank = Integer.compare(rank(a), rank(b));
    if (byRank != 0 || a == null || b == null) {
      return byRank;
    }
    if (a instanceof Edge || b instanceof Edge) {
      return Integer.compare(side(a), side(b));
    }
    if (a instanceof Number left && b instanceof Number right) {
      return Double.compare(left.doubleValue(), right.doubleValue());
    }
    return ValueComparator.asc().compare(a, b);
  }

  private static int side(Object value) {
    return value instanceof Edge edge ? (edge.after() ? 1 : -1) : 0;
  }
}
