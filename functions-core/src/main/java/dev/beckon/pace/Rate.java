package dev.beckon.pace;

import dev.beckon.account.Limits;
import dev.beckon.vendor.Vendor;

/**
 * The arithmetic of one vendor account's limits. Each call takes up the time that its recipients,
 * or the call itself, cost at the configured rate; it may begin a little later than its time, which
 * is all the burst there is. So no second ever sees more than the rate and the burst, whichever
 * worker is late. Immutable.
 */
final class Rate {
  static final long SECOND = 1_000_000_000L;

  /** Seconds. */
  private static final double MOST_SLACK = 3_600;

  private final Limits limits;
  private final int batch;
  private final double requestBurst;
  private final double recipientBurst;

  Rate(Limits limits, Vendor vendor) {
    this.limits = limits;
    this.requestBurst = burst(limits, limits.requestsPerSecond(), 10);
    // A call comes at once: where calls are batches, a burst that has room for them is usual.
    this.recipientBurst =
        burst(limits, limits.recipientsPerSecond(), vendor.maxBatch() == 1 ? 10 : 1);
    this.batch =
        Double.isFinite(limits.recipientsPerSecond())
            ? (int) Math.max(1, Math.min(vendor.maxBatch(), recipientBurst / 2))
            : vendor.maxBatch();
  }

  private static double burst(Limits limits, double perSecond, int part) {
    return limits.burst() > 0 ? limits.burst() : Math.max(2, perSecond / part);
  }

  Limits limits() {
    return limits;
  }

  /** The most recipients of one call. */
  int batch() {
    return batch;
  }

  /**
   * The time one call takes up.
   *
   * @param share of the configured rate
   */
  long cost(int recipients, double share) {
    double seconds =
        Math.max(1 / limits.requestsPerSecond(), recipients / limits.recipientsPerSecond());
    return (long) Math.ceil(seconds * SECOND / share);
  }

  /** How long after its time a call may still begin. */
  long slack(int recipients) {
    double seconds =
        Math.min(
            slack(requestBurst - 1, limits.requestsPerSecond()),
            slack(recipientBurst - recipients, limits.recipientsPerSecond()));
    return (long) (Math.min(seconds, MOST_SLACK) * SECOND);
  }

  private static double slack(double ahead, double perSecond) {
    return Double.isFinite(perSecond) ? ahead / perSecond : MOST_SLACK;
  }
}
