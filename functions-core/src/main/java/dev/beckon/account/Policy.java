package dev.beckon.account;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a dispatch treats its invitations.
 *
 * @param fatigue how long a recipient is left alone after an invitation of this dispatch; zero
 *     means only duplicates inside one batch are held back
 * @param delay how long after acceptance an invitation may first go out
 * @param expires how long after that moment it may still go out
 * @param maxAttempts attempts before DEAD
 * @param sampling share of rows invited, from 0 to 1
 * @param inDoubt what happens to a request that was written and not answered
 * @param quietHours when nothing goes out, by the recipient's clock; null when there are none
 * @param nextChannelAfter how long an invitation is tried on its first channel before it goes on by
 *     the next, which it also does when the channel refuses its recipient; null: it stays
 */
public record Policy(
    Duration fatigue,
    Duration delay,
    Duration expires,
    int maxAttempts,
    double sampling,
    InDoubt inDoubt,
    @Nullable QuietHours quietHours,
    @Nullable Duration nextChannelAfter) {

  /** The shortest time a channel gets: longer than any vendor's call and its short retries. */
  public static final Duration SHORTEST_CHANNEL_TIME = Duration.ofMinutes(5);

  /** The longest an invitation may be accepted ahead of its time. */
  public static final Duration FARTHEST_AHEAD = Duration.ofDays(365);

  /** The choice for a request that was written and not answered. */
  public enum InDoubt {
    /** Hold it until evidence or a person decides: nobody is asked twice. */
    HOLD,
    /** Send it again: somebody may be asked twice. */
    RESEND
  }

  public static final Policy DEFAULT =
      new Policy(Duration.ZERO, Duration.ZERO, Duration.ofDays(7), 10, 1.0, InDoubt.HOLD, null);

  /** One whose invitations stay on their channel. */
  public Policy(
      Duration fatigue,
      Duration delay,
      Duration expires,
      int maxAttempts,
      double sampling,
      InDoubt inDoubt,
      @Nullable QuietHours quietHours) {
    this(fatigue, delay, expires, maxAttempts, sampling, inDoubt, quietHours, null);
  }

  public Policy {
    if (fatigue.isNegative() || expires.isNegative() || expires.isZero()) {
      throw new IllegalArgumentException(
          "fatigue must not be negative and expires must be positive");
    }
    if (delay.isNegative() || delay.compareTo(FARTHEST_AHEAD) > 0) {
      throw new IllegalArgumentException(
          "delay must not be negative and be " + FARTHEST_AHEAD.toDays() + " days at most");
    }
    if (maxAttempts < 1 || maxAttempts > 50) {
      throw new IllegalArgumentException("maxAttempts must be from 1 to 50");
    }
    if (!(sampling >= 0 && sampling <= 1)) {
      throw new IllegalArgumentException("sampling must be from 0 to 1");
    }
    if (nextChannelAfter != null
        && (nextChannelAfter.compareTo(SHORTEST_CHANNEL_TIME) < 0
            || nextChannelAfter.compareTo(expires) >= 0)) {
      throw new IllegalArgumentException(
          "channelFallback.after must be at least PT5M, which no call of a vendor lasts, and shorter than expires ("
              + expires
              + ")");
    }
  }
}
