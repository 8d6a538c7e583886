package dev.beckon.account;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * The hours of each day in which nobody is asked, by the clock on the recipient's wall. They may
 * span midnight.
 *
 * @param from first quiet moment
 * @param to first moment that is not quiet any more
 */
public record QuietHours(LocalTime from, LocalTime to) {

  public QuietHours {
    if (from.equals(to)) {
      throw new IllegalArgumentException("from and to must differ");
    }
  }

  /** When the wall clock first shows a time that is not quiet; empty when it shows one now. */
  public Optional<Instant> quietUntil(Instant now, ZoneId zone) {
    Instant end = now;
    // Once, unless the clock is set forward over the end and right into other quiet hours.
    while (quiet(end.atZone(zone).toLocalTime())) {
      end = endAfter(end.atZone(zone));
    }
    return end.equals(now) ? Optional.empty() : Optional.of(end);
  }

  private boolean quiet(LocalTime time) {
    return spansMidnight()
        ? !time.isBefore(from) || time.isBefore(to)
        : !time.isBefore(from) && time.isBefore(to);
  }

  private boolean spansMidnight() {
    return from.isAfter(to);
  }

  private Instant endAfter(ZonedDateTime local) {
    boolean tomorrow = spansMidnight() && !local.toLocalTime().isBefore(from);
    LocalDateTime end = local.toLocalDate().plusDays(tomorrow ? 1 : 0).atTime(to);
    ZoneOffsetTransition transition = local.getZone().getRules().getTransition(end);
    if (transition != null && transition.isGap()) {
      return transition.getInstant();
    }
    ZonedDateTime first = end.atZone(local.getZone());
    // Where the clock is set back, that time comes twice: the first may have passed.
    return (first.isAfter(local) ? first : first.withLaterOffsetAtOverlap()).toInstant();
  }
}
