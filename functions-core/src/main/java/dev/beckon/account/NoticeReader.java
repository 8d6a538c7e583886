package dev.beckon.account;

import dev.beckon.events.Event;
import dev.beckon.json.JsonReader;
import java.time.Duration;
import java.util.List;

/** Reads a notice of an account, each problem under its own path. */
final class NoticeReader {
  private static final int MOST_ADDRESSES = 20;
  private static final Duration USUALLY = Duration.ofMinutes(15);
  private static final Duration SOONEST = Duration.ofMinutes(1);
  private static final Duration LATEST = Duration.ofDays(7);

  private NoticeReader() {}

  static Notice read(String id, JsonReader node) {
    node.known("to", "level", "vendor", "every");
    List<String> to = node.list("to");
    if (to.isEmpty() || to.size() > MOST_ADDRESSES) {
      node.problem("to", "needs from 1 to " + MOST_ADDRESSES + " addresses");
    }
    Duration every = node.duration("every", USUALLY);
    if (every.compareTo(SOONEST) < 0 || every.compareTo(LATEST) > 0) {
      node.problem("every", "must be from " + SOONEST + " to P" + LATEST.toDays() + "D");
    }
    return new Notice(
        id,
        to,
        node.oneOf("level", Event.Level.class, Event.Level.ERROR),
        node.text("vendor"),
        every);
  }
}
