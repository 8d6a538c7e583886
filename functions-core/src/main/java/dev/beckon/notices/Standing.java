package dev.beckon.notices;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a notice has told. Immutable.
 *
 * @param version counts the changes; a standing is stored only over the one it was made from
 * @param toldUntil events before this moment were told to everybody who is not behind
 * @param behind by the key of an address: from when on it was told nothing yet
 * @param heldUntil nobody else tells before; in the past when the notice is free
 * @param telling the end of the stretch that is being told; kept when its teller is cut off, so
 *     that the next one tells the same
 */
public record Standing(
    long version,
    Instant toldUntil,
    Map<String, Instant> behind,
    Instant heldUntil,
    @Nullable Instant telling) {
  public Standing {
    behind = Map.copyOf(behind);
  }

  /** Of a notice that tells what happens from a moment on. */
  public static Standing begun(Instant at) {
    return new Standing(1, at, Map.of(), at, null);
  }

  /**
   * Up to when there is something to tell now; empty when it is not the time.
   *
   * @param now what happened until now can be told
   */
  Optional<Instant> end(Instant now, Duration every) {
    if (telling != null) {
      return Optional.of(telling);
    }
    if (!now.isBefore(toldUntil.plus(every))) {
      return Optional.of(now);
    }
    return behind.isEmpty() ? Optional.empty() : Optional.of(toldUntil);
  }

  /** From when on an address was told nothing yet. */
  Instant since(String address) {
    return behind.getOrDefault(address, toldUntil);
  }

  /** Taken by a teller. */
  Standing taken(Instant end, Instant until) {
    return new Standing(version + 1, toldUntil, behind, until, end);
  }

  /**
   * Told up to an end.
   *
   * @param untold keys of the addresses that were not reached; nobody is tried again before {@code
   *     again} when there are any
   */
  Standing told(Instant end, Iterable<String> untold, Instant again) {
    Map<String, Instant> left = new HashMap<>();
    untold.forEach(address -> left.put(address, since(address)));
    return new Standing(version + 1, end, left, left.isEmpty() ? end : again, null);
  }
}
