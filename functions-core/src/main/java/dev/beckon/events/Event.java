package dev.beckon.events;

import dev.beckon.privacy.Scrubber;
import java.time.Instant;

/**
 * Something a person may have to know.
 *
 * @param key names the cause: a second event with the same key is not written
 * @param code stable kebab-case word, documented in {@code docs/events.md}
 * @param account empty when no account is concerned
 * @param message what, where and what to do; scrubbed of addresses
 */
public record Event(
    Instant at, Level level, String code, String key, String account, String message) {

  /** How much it matters. */
  public enum Level {
    DEBUG,
    INFORMATION,
    WARNING,
    ERROR,
    FAILURE
  }

  /** The key of what led to a version of an account's document: one event each. */
  public static String keyOfVersion(String account, long version) {
    return "account-configured/" + account + "/" + version;
  }

  public Event {
    message = Scrubber.scrub(message);
  }
}
