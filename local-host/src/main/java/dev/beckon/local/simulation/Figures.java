package dev.beckon.local.simulation;

import dev.beckon.invitation.InvitationState;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How far the messages are.
 *
 * @param states messages in each state
 * @param timed how many of them told how long the network took
 * @param timedMillis how long it took for all of these together
 * @param perSecond sent and failed since the look before
 */
record Figures(
    Instant at,
    Duration elapsed,
    Map<InvitationState, Long> states,
    long timed,
    double timedMillis,
    double perSecond) {

  private static final int BAR = 40;

  long sent() {
    return of(SettledReader.SENT);
  }

  long failed() {
    return of(SettledReader.FAILED);
  }

  long settled() {
    return sent() + failed();
  }

  long waiting() {
    return of(Set.of(InvitationState.ACCEPTED, InvitationState.RETRY));
  }

  long inHand() {
    return of(Set.of(InvitationState.SENDING));
  }

  long inDoubt() {
    return of(Set.of(InvitationState.IN_DOUBT));
  }

  long total() {
    return states.values().stream().mapToLong(Long::longValue).sum();
  }

  boolean allFinal() {
    return waiting() + inHand() == 0;
  }

  /** Mean time of a message, in milliseconds; 0 while none is known. */
  double meanMillis() {
    return timed == 0 ? 0 : timedMillis / timed;
  }

  private long of(Set<InvitationState> some) {
    return some.stream().mapToLong(state -> states.getOrDefault(state, 0L)).sum();
  }

  /** In one line. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%6.1f s  sent %,d  failed %,d  mean %s a message  %,.1f/s  waiting %,d  in hand %,d%s",
        elapsed.toMillis() / 1e3,
        sent(),
        failed(),
        mean(),
        perSecond,
        waiting(),
        inHand(),
        doubt());
  }

  /** For a terminal, under 80 columns wide. */
  String block() {
    double share = total() == 0 ? 0 : 1 - (waiting() + inHand()) / (double) total();
    int done = (int) (BAR * share);
    return String.format(
        Locale.ROOT,
        "sent %,d   failed %,d   waiting %,d   in hand %,d%s%n"
            + "mean %s a message   %,.1f a second   %.0f s%n"
            + "[%s%s] %.0f %%",
        sent(),
        failed(),
        waiting(),
        inHand(),
        doubt(),
        mean(),
        perSecond,
        elapsed.toMillis() / 1e3,
        "#".repeat(done),
        "·".repeat(BAR - done),
        Math.floor(100 * share));
  }

  String mean() {
    return timed == 0 ? "–" : String.format(Locale.ROOT, "%.1f ms", meanMillis());
  }

  private String doubt() {
    return inDoubt() == 0 ? "" : String.format(Locale.ROOT, "  in doubt %,d", inDoubt());
  }
}
