package dev.beckon.account;

/**
 * What may go out through a vendor account in a time, over all workers. Immutable; infinite or the
 * largest number where nothing is set.
 *
 * @param burst how much more than the rate any second may see; 0 leaves it to the vendor's kind
 * @param dailyQuota recipients a day, by UTC
 * @param inFlight calls at once of one worker, below the vendor's own figure
 */
public record Limits(
    double requestsPerSecond,
    double recipientsPerSecond,
    int burst,
    long dailyQuota,
    int inFlight) {

  /** Nothing is limited, and nothing is spent on finding that out. */
  public static final Limits NONE =
      new Limits(
          Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0, Long.MAX_VALUE, Integer.MAX_VALUE);

  /** One in some quarter of an hour. */
  public static final double SLOWEST = 0.001;

  public Limits {
    if (!(requestsPerSecond >= SLOWEST) || !(recipientsPerSecond >= SLOWEST)) {
      throw new IllegalArgumentException("a rate must be at least " + SLOWEST + " a second");
    }
    if (burst == 1 || burst < 0) {
      throw new IllegalArgumentException("burst must be at least 2");
    }
    if (dailyQuota < 1 || inFlight < 1) {
      throw new IllegalArgumentException("dailyQuota and inFlight must be at least 1");
    }
  }

  /** Whether a second may see only so much. */
  public boolean hasRate() {
    return Double.isFinite(requestsPerSecond) || Double.isFinite(recipientsPerSecond);
  }

  /** Whether workers have to agree on anything. */
  public boolean shared() {
    return hasRate() || dailyQuota < Long.MAX_VALUE;
  }
}
