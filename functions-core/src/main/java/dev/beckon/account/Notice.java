package dev.beckon.account;

import dev.beckon.events.Event;
import java.time.Duration;
import java.util.List;

/**
 * Who is told of an account's events, by mail.
 *
 * @param to addresses
 * @param level the least that is told
 * @param vendorAccount one that serves e-mail
 * @param every events are gathered for so long and told of together
 */
public record Notice(
    String id, List<String> to, Event.Level level, String vendorAccount, Duration every) {
  public Notice {
    to = List.copyOf(to);
  }

  /** Without the addresses. */
  @Override
  public String toString() {
    return "Notice[" + id + " " + level + "]";
  }
}
