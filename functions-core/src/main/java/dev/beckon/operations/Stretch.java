package dev.beckon.operations;

import java.time.Duration;

/**
 * How much of a redrive is done in one go; the next one begins where it ended.
 *
 * @param after the last invitation of the one before; empty for the first
 * @param rows about the most invitations that are looked at
 * @param time about how long it takes at most
 */
public record Stretch(String after, long rows, Duration time) {
  /** All of it, however long it takes. */
  public static final Stretch WHOLE = new Stretch("", Long.MAX_VALUE, Duration.ofDays(3_650));
}
