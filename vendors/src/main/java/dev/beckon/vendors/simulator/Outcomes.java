package dev.beckon.vendors.simulator;

import dev.beckon.vendor.SendCode;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Draws what becomes of each try, from seed, reference and the number of the try alone: the same
 * run gives the same outcomes whatever the threads do. A permanent refusal holds for every try, a
 * transient outcome passes with the next. Thread-safe; remembers only references still transient,
 * and restarts counting with the process.
 */
final class Outcomes {

  /** Shares from 0 to 1; the three transient ones together at most 1. */
  record Rates(double fail, double throttle, double unavailable, double noReply) {
    Rates {
      if (throttle + unavailable + noReply > 1) {
        throw new IllegalArgumentException(
            "throttleRate, unavailableRate and noReplyRate: together must be at most 1");
      }
    }
  }

  /** An outcome, and whether the message arrives: of those without a reply, half do. */
  record Draw(SendCode code, boolean arrives) {}

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final Rates rates;
  private final long seed;
  private final Map<String, Integer> tries = new ConcurrentHashMap<>();

  Outcomes(Rates rates, long seed) {
    this.rates = rates;
    this.seed = seed;
  }

  Draw next(String reference) {
    if (random(reference, 0).nextDouble() < rates.fail()) {
      return new Draw(SendCode.BAD_RECIPIENT, false);
    }
    int number = tries.getOrDefault(reference, 0) + 1;
    Draw draw = transientDraw(random(reference, number));
    if (draw.code() == SendCode.ACCEPTED) {
      tries.remove(reference);
    } else {
      tries.put(reference, number);
    }
    return draw;
  }

  /**
   * Latency of a call in nanoseconds: log-normal with the given mean and sigma 0.5, so its median
   * is 0.88 and its 99th percentile 2.8 times the mean.
   */
  long latencyNanos(String reference, long mean) {
    if (mean == 0) {
      return 0;
    }
    int number = tries.getOrDefault(reference, 0) + 1;
    double sigma = 0.5;
    double normal = random(reference + "/latency", number).nextGaussian();
    return (long) (mean * Math.exp(sigma * normal - sigma * sigma / 2));
  }

  private Draw transientDraw(SplittableRandom random) {
    double draw = random.nextDouble();
    if (draw < rates.throttle()) {
      return new Draw(SendCode.THROTTLED, false);
    }
    if (draw < rates.throttle() + rates.unavailable()) {
      return new Draw(SendCode.UNAVAILABLE, false);
    }
    if (draw < rates.throttle() + rates.unavailable() + rates.noReply()) {
      return new Draw(SendCode.NO_REPLY, random.nextBoolean());
    }
    return new Draw(SendCode.ACCEPTED, true);
  }

  private SplittableRandom random(String reference, int number) {
    long hash = seed * GOLDEN + number;
    for (int i = 0; i < reference.length(); i++) {
      hash = (hash ^ reference.charAt(i)) * 0x100000001B3L;
    }
    return new SplittableRandom(hash * GOLDEN);
  }
}
