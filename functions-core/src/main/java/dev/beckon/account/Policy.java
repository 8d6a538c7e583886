package dev.beckon.account;

import java.time.Duration;

/**
 * How a dispatch treats its invitations.
 *
 * @param fatigue how long a recipient is left alone after an invitation of this dispatch; zero
 *     means only duplicates inside one batch are held back
 * @param expires how long after acceptance an invitation may still go out
 * @param maxAttempts attempts before DEAD
 * @param sampling share of rows invited, from 0 to 1
 * @param inDoubt what happens to a request that was written and not answered
 */
public record Policy(
    Duration fatigue, Duration expires, int maxAttempts, double sampling, InDoubt inDoubt) {

  /** The choice for a request that was written and not answered. */
  public enum InDoubt {
    /** Hold it until evidence or a person decides: nobody is asked twice. */
    HOLD,
    /** Send it again: somebody may be asked twice. */
    RESEND
  }

  public static final Policy DEFAULT =
      new Policy(Duration.ZERO, Duration.ofDays(7), 10, 1.0, InDoubt.HOLD);

  public Policy {
    if (fatigue.isNegative() || expires.isNegative() || expires.isZero()) {
      throw new IllegalArgumentException(
          "fatigue must not be negative and expires must be positive");
    }
    if (maxAttempts < 1 || maxAttempts > 50) {
      throw new IllegalArgumentException("maxAttempts must be from 1 to 50");
    }
    if (!(sampling >= 0 && sampling <= 1)) {
      throw new IllegalArgumentException("sampling must be from 0 to 1");
    }
  }
}
