package dev.beckon.dispatch;

import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.InvitationStore.Expired;
import dev.beckon.invitation.InvitationStore.Moved;
import dev.beckon.invitation.InvitationStore.Settlement;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.telemetry.Meter;
import dev.beckon.telemetry.Metric;
import dev.beckon.telemetry.Tag;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes what becomes of rows and counts what was written: not what was tried, and no row twice for
 * one change of its state. Thread-safe.
 */
final class CountedWrites {
  private static final Map<InvitationState, Metric> COUNTED =
      new EnumMap<>(
          Map.of(
              InvitationState.SENT, Metric.SENT,
              InvitationState.FAILED, Metric.FAILED,
              InvitationState.RETRY, Metric.DEFERRED,
              InvitationState.IN_DOUBT, Metric.IN_DOUBT,
              InvitationState.DEAD, Metric.DEAD));

  private final InvitationStore invitations;
  private final Meter meter;

  CountedWrites(InvitationStore invitations, Meter meter) {
    this.invitations = invitations;
    this.meter = meter;
  }

  /**
   * As {@link InvitationStore#settle}.
   *
   * @param about the vendor and the dispatch of the rows, as far as they share them
   */
  int settle(List<Settlement> settlements, Instant giveUpAt, Map<Tag, String> about) {
    int applied = invitations.settle(settlements, giveUpAt);
    Map<InvitationState, Long> states = new EnumMap<>(InvitationState.class);
    for (Settlement settled : applied == settlements.size() ? settlements : written(settlements)) {
      states.merge(settled.to(), 1L, Long::sum);
    }
    states.forEach((state, rows) -> count(state, rows, about));
    return applied;
  }

  /** Moves rows for cause DROP, as {@link InvitationStore#move}. */
  void drop(Collection<String> ids, JournalEntry entry, Map<Tag, String> about) {
    Moved moved = invitations.move(ids, Cause.DROP, entry);
    count(entry.state(), moved.rows() - moved.inDoubt(), about);
    count(InvitationState.IN_DOUBT, moved.inDoubt(), about);
  }

  /** As {@link InvitationStore#expireClaims}. */
  Expired expireClaims(Instant now, Map<String, Integer> resendable) {
    Expired expired = invitations.expireClaims(now, resendable);
    count(InvitationState.IN_DOUBT, expired.inDoubt(), Map.of());
    count(InvitationState.RETRY, expired.again(), Map.of());
    return expired;
  }

  private void count(InvitationState state, long rows, Map<Tag, String> about) {
    Metric metric = COUNTED.get(state);
    if (metric != null && rows > 0) {
      meter.add(metric, about, rows);
    }
  }

  /**
   * Of settlements that were not all reported as applied, those whose entry is in the journal: some
   * came too late, others were applied and only the store's answer was lost.
   */
  private List<Settlement> written(List<Settlement> settlements) {
    Map<String, Invitation> rows = new HashMap<>();
    invitations
        .load(settlements.stream().map(Settlement::id).toList())
        .forEach(row -> rows.put(row.id(), row));
    return settlements.stream()
        .filter(settled -> {
          Invitation row = rows.get(settled.id());
          return row != null
              && row.journal().stream().anyMatch(told -> same(told, settled.entry()));
        })
        .toList();
  }

  /** The store keeps milliseconds. */
  private static boolean same(JournalEntry stored, JournalEntry written) {
    return stored.at().toEpochMilli() == written.at().toEpochMilli()
        && stored.state() == written.state()
        && stored.vendor().equals(written.vendor())
        && stored.note().equals(written.note());
  }
}
