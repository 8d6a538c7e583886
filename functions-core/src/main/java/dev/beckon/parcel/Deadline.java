package dev.beckon.parcel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * When the platform ends the running invocation, by the wall clock. Immutable.
 *
 * @param at the moment the platform stops us
 */
public record Deadline(Instant at, Clock clock) {

  public static Deadline in(Duration remaining, Clock clock) {
    return new Deadline(clock.instant().plus(remaining), clock);
  }

  /** Time left; zero when it has passed. */
  public Duration remaining() {
    Duration left = Duration.between(clock.instant(), at);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** A deadline earlier by {@code reserve}: what must still be done fits between the two. */
  public Deadline before(Duration reserve) {
    return new Deadline(at.minus(reserve), clock);
  }

  /** The earlier of this deadline and one {@code most} from now. */
  public Deadline atMost(Duration most) {
    Instant limit = clock.instant().plus(most);
    return limit.isBefore(at) ? new Deadline(limit, clock) : this;
  }

  public boolean passed() {
    return !clock.instant().isBefore(at);
  }
}
