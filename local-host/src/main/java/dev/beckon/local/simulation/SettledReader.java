package dev.beckon.local.simulation;

import dev.beckon.invitation.InvitationSearch;
import dev.beckon.invitation.InvitationSearch.Found;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.Search;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads which messages were sent or failed, each once: at every reading only those that changed
 * since the one before. Not thread-safe.
 */
final class SettledReader {
  /** States of a message that is sent, or failed, for the alert service. */
  static final Set<InvitationState> SENT =
      EnumSet.of(
          InvitationState.SENT,
          InvitationState.DELIVERED,
          InvitationState.BOUNCED,
          InvitationState.COMPLAINED);

  static final Set<InvitationState> FAILED =
      EnumSet.of(InvitationState.FAILED, InvitationState.DEAD);

  /** Senders' clocks differ, and an outcome is written a moment after it is known. */
  private static final Duration OVERLAP = Duration.ofSeconds(10);

  private static final int PAGE = 5_000;
  private static final Pattern TOOK = Pattern.compile("simulated in ([0-9]+(?:\\.[0-9]+)?) ms");

  private final InvitationSearch search;
  private final Map<String, Instant> seen = new HashMap<>();
  private @Nullable Instant newest;

  SettledReader(InvitationSearch search) {
    this.search = search;
  }

  /** What was not read before. */
  List<Settled> read() {
    Set<InvitationState> states = EnumSet.copyOf(SENT);
    states.addAll(FAILED);
    Instant since = newest == null ? null : newest.minus(OVERLAP);
    Search wanted = Alerts.search(states);
    Search changed =
        new Search(wanted.hashes(), null, wanted.dispatch(), null, wanted.states(), since, null);
    List<Settled> news = new ArrayList<>();
    String after = "";
    while (true) {
      List<Found> page = search.page(changed, after, PAGE);
      for (Found found : page) {
        Instant at = found.last().at();
        if (seen.put(found.id(), at) == null) {
          news.add(new Settled(at, SENT.contains(found.state()), millis(found.last().note())));
        }
        newest = newest == null || newest.isBefore(at) ? at : newest;
      }
      if (page.size() < PAGE) {
        break;
      }
      after = page.getLast().id();
    }
    Instant last = newest;
    if (last != null) {
      seen.values().removeIf(at -> at.isBefore(last.minus(OVERLAP)));
    }
    return news;
  }

  static double millis(String note) {
    Matcher matcher = TOOK.matcher(note);
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : Double.NaN;
  }
}
