package dev.beckon.dispatch;

import dev.beckon.account.Dispatch;
import dev.beckon.account.QuietHours;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.JournalEntry;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether rows may go out at one moment: they expire, and nobody is asked in their quiet hours. The
 * rows it lets not pass are put off or expired by {@link #apply}. One use.
 */
final class TimeCheck {
  private final Instant now;
  private final List<String> expired = new ArrayList<>();
  private final List<String> quietToTheEnd = new ArrayList<>();
  private final Map<Instant, List<String>> quiet = new TreeMap<>();

  TimeCheck(Instant now) {
    this.now = now;
  }

  boolean passes(Invitation row, Dispatch dispatch) {
    if (!now.isBefore(row.expires())) {
      expired.add(row.id());
      return false;
    }
    QuietHours hours = dispatch.policy().quietHours();
    if (hours == null) {
      return true;
    }
    ZoneId zone = row.zone();
    Instant until = hours.quietUntil(now, zone == null ? dispatch.zone() : zone).orElse(now);
    if (until.equals(now)) {
      return true;
    }
    if (until.isBefore(row.expires())) {
      quiet.computeIfAbsent(until, any -> new ArrayList<>()).add(row.id());
    } else {
      quietToTheEnd.add(row.id());
    }
    return false;
  }

  /** Writes what became of the rows that did not pass. */
  void apply(InvitationStore invitations, CountedWrites writes) {
    expire(writes, expired, "its time had passed");
    expire(writes, quietToTheEnd, "quiet hours until its time has passed");
    quiet.forEach(
        (until, ids) -> invitations.postpone(ids, until, now, "quiet hours until " + until));
  }

  private void expire(CountedWrites writes, List<String> ids, String why) {
    if (!ids.isEmpty()) {
      writes.drop(ids, JournalEntry.of(now, InvitationState.EXPIRED, why), Map.of());
    }
  }
}
