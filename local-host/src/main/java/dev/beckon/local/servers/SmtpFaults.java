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
final class SmtpFaults {

  /** What becomes of a recipient. */
  enum Verdict {
    ACCEPT,
    REFUSE,
    THROTTLE
  }

  /** Throttled recipients remembered; one forgotten is merely throttled once more. */
  private static final int MOST = 1_000_000;

  private final SmtpSink.Options options;
  private final Set<Long> turnedAway =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
                  return size() > MOST;
                }
              }));

  SmtpFaults(SmtpSink.Options options) {
    this.options = options;
  }

  Verdict judge(String recipient) {
    if (options.failRate() == 0 && options.throttleRate() == 0) {
      return Verdict.ACCEPT;
    }
    long mixed = mix(recipient);
    if (share(mixed) < options.failRate()) {
      return Verdict.REFUSE;
    }
    long again = mixed * 0x9E3779B97F4A7C15L ^ (mixed >>> 29);
    return share(again) < options.throttleRate() && turnedAway.add(mixed)
        ? Verdict.THROTTLE
        : Verdict.ACCEPT;
  }

  private long mix(String recipient) {
    CRC32C crc = new CRC32C();
    crc.update(recipient.getBytes(StandardCharsets.UTF_8));
    // the finisher of SplitMix64: neighbouring inputs give unrelated outputs
    long z =
        ((long) recipient.hashCode() << 32 ^ crc.getValue()) + options.seed() * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static double share(long mixed) {
    return (mixed >>> 11) * 0x1p-53;
  }
}
