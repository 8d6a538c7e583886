package dev.beckon.events;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events are meant: those that fit everything that is given. Immutable.
 *
 * @param account empty for those of no account; null for all there are, as only those who run the
 *     installation may ask
 * @param least the least level
 * @param codes any of these; empty for all
 * @param since those at this moment or later
 * @param until those before this moment
 */
public record EventQuery(
    @Nullable String account,
    Event.Level least,
    Set<String> codes,
    @Nullable Instant since,
    @Nullable Instant until) {
  public EventQuery {
    codes = Set.copyOf(codes);
  }

  /** All events of an account. */
  public static EventQuery of(String account) {
    return new EventQuery(account, Event.Level.DEBUG, Set.of(), null, null);
  }

  /** Whether an event fits. */
  public boolean fits(Event event) {
    return (account == null || account.equals(event.account()))
        && event.level().compareTo(least) >= 0
        && (codes.isEmpty() || codes.contains(event.code()))
        && (since == null || !event.at().isBefore(since))
        && (until == null || event.at().isBefore(until));
  }
}
