package dev.beckon.local.servers;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Which recipients are refused and which must come twice: a matter of seed and recipient alone, so
 * a run can be repeated whatever its order. Thread-safe.
 */
final class RecipientFaults {

  /** What becomes of a recipient. */
  enum Verdict {
    ACCEPT,
    REFUSE,
    THROTTLE
  }

  /** Throttled recipients remembered; one forgotten is merely throttled once more. */
  private static final int MOST = 1_000_000;

  private final double failRate;
  private final double throttleRate;
  private final long seed;
  private final Set<Long> turnedAway =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
                  return size() > MOST;
                }
              }));

  RecipientFaults(double failRate, double throttleRate, long seed) {
    if (!(failRate >= 0 && failRate <= 1 && throttleRate >= 0 && throttleRate <= 1)) {
      throw new IllegalArgumentException("failRate and throttleRate are shares from 0 to 1");
    }
    this.failRate = failRate;
    this.throttleRate = throttleRate;
    this.seed = seed;
  }

  Verdict judge(String recipient) {
    if (failRate == 0 && throttleRate == 0) {
      return Verdict.ACCEPT;
    }
    long mixed = mix(recipient);
    if (share(mixed) < failRate) {
      return Verdict.REFUSE;
    }
    long again = mixed * 0x9E3779B97F4A7C15L ^ (mixed >>> 29);
    return share(again) < throttleRate && turnedAway.add(mixed) ? Verdict.THROTTLE : Verdict.ACCEPT;
  }

  private long mix(String recipient) {
    CRC32C crc = new CRC32C();
    crc.update(recipient.getBytes(StandardCharsets.UTF_8));
    // the finisher of SplitMix64: neighbouring inputs give unrelated outputs
    long z = ((long) recipient.hashCode() << 32 ^ crc.getValue()) + seed * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static double share(long mixed) {
    return (mixed >>> 11) * 0x1p-53;
  }
}
