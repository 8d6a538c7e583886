package dev.beckon.account;

import dev.beckon.json.JsonReader;

/** Reads the limits of a vendor account, each problem under its own path. */
final class LimitsReader {
  private static final double FASTEST = 1_000_000;

  private LimitsReader() {}

  static Limits read(JsonReader node) {
    node.known("requestsPerSecond", "recipientsPerSecond", "burst", "dailyQuota", "inFlight");
    Limits none = Limits.NONE;
    double requests = rate(node, "requestsPerSecond", none.requestsPerSecond());
    double recipients = rate(node, "recipientsPerSecond", none.recipientsPerSecond());
    int burst = atLeast(2, node, "burst", none.burst());
    long quota = node.has("dailyQuota") ? atLeast(1, node, "dailyQuota", 1) : none.dailyQuota();
    int inFlight = atLeast(1, node, "inFlight", none.inFlight());
    Limits limits = new Limits(requests, recipients, burst, quota, inFlight);
    if (burst > 0 && !limits.hasRate()) {
      node.problem("burst", "needs requestsPerSecond or recipientsPerSecond beside it");
    }
    return limits;
  }

  private static double rate(JsonReader node, String key, double none) {
    double rate = node.number(key, none);
    if (node.has(key) && !(rate >= Limits.SLOWEST && rate <= FASTEST)) {
      node.problem(key, "must be from " + Limits.SLOWEST + " to 1000000 a second");
      return none;
    }
    return rate;
  }

  private static int atLeast(int least, JsonReader node, String key, int none) {
    int value = node.integer(key, none);
    if (node.has(key) && value < least) {
      node.problem(key, "must be at least " + least);
      return Math.max(none, least);
    }
    return value;
  }
}
