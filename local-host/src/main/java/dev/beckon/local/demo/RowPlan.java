package dev.beckon.local.demo;

/**
 * Decides from a seed and a row number alone what kind of row stands there, so that any row can be
 * named again without remembering any: memory stays flat however many rows are written. Immutable.
 */
final class RowPlan {

  /** What intake will make of a row. */
  enum Kind {
    GOOD,
    BAD,
    DUPLICATE
  }

  /** Most people who sign up twice do it soon: seven of eight duplicates lie this close. */
  private static final long NEAR_ROWS = 500;

  private final long seed;

  RowPlan(long seed) {
    // mixed, or neighbouring seeds would give the same rows one place apart
    this.seed = mix(seed);
  }

  /** One row in a hundred is bad, one in a hundred repeats an earlier good row. */
  Kind kind(long row) {
    Kind drawn = drawn(row);
    return drawn == Kind.DUPLICATE && original(row) < 0 ? Kind.GOOD : drawn;
  }

  /** The good row before {@code row} whose recipient it repeats; negative when there is none. */
  long original(long row) {
    if (row == 0) {
      return -1;
    }
    long reach = pick(row, 1, 8) == 0 ? row : Math.min(row, NEAR_ROWS);
    long candidate = row - 1 - pick(row, 2, reach);
    // only rows drawn as good count: asking kind() here could go round for ever
    while (candidate >= 0 && drawn(candidate) != Kind.GOOD) {
      candidate--;
    }
    return candidate;
  }

  private Kind drawn(long row) {
    long percentile = pick(row, 0, 100);
    return percentile == 0 ? Kind.BAD : percentile == 1 ? Kind.DUPLICATE : Kind.GOOD;
  }

  /** An even draw from 0 to {@code bound} - 1 for one aspect of one row. */
  long pick(long row, int aspect, long bound) {
    return Long.remainderUnsigned(mix(mix(seed + row) + aspect), bound);
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood, 2014) over its golden-ratio step. */
  private static long mix(long value) {
    long z = value * 0x9E3779B97F4A7C15L + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
