package dev.beckon.account;

import dev.beckon.json.JsonReader;
import java.time.Duration;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** Reads the policy of a dispatch, each problem under its own path. */
final class PolicyReader {
  private PolicyReader() {}

  /**
   * @param channels how many channels the dispatch has
   */
  static Policy read(JsonReader node, int channels) {
    node.known(
        "fatigue",
        "delay",
        "expires",
        "maxAttempts",
        "sampling",
        "inDoubt",
        "quietHours",
        "channelFallback");
    Policy none = Policy.DEFAULT;
    Duration fatigue = node.duration("fatigue", none.fatigue());
    Duration delay = node.duration("delay", none.delay());
    Duration expires = node.duration("expires", none.expires());
    int maxAttempts = node.integer("maxAttempts", none.maxAttempts());
    double sampling = node.number("sampling", none.sampling());
    Policy.InDoubt inDoubt = node.oneOf("inDoubt", Policy.InDoubt.class, none.inDoubt());
    QuietHours quietHours = quietHours(node);
    Duration nextChannelAfter = nextChannelAfter(node, channels);
    try {
      return new Policy(
          fatigue, delay, expires, maxAttempts, sampling, inDoubt, quietHours, nextChannelAfter);
    } catch (IllegalArgumentException e) {
      node.problem("", String.valueOf(e.getMessage()));
      return none;
    }
  }

  private static @Nullable QuietHours quietHours(JsonReader policy) {
    if (!policy.has("quietHours")) {
      return null;
    }
    JsonReader node = policy.child("quietHours");
    node.known("from", "to");
    LocalTime from = node.time("from");
    LocalTime to = node.time("to");
    if (from == null || to == null) {
      return null;
    }
    try {
      return new QuietHours(from, to);
    } catch (IllegalArgumentException e) {
      node.problem("", String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static @Nullable Duration nextChannelAfter(JsonReader policy, int channels) {
    if (!policy.has("channelFallback")) {
      return null;
    }
    JsonReader node = policy.child("channelFallback");
    node.known("after");
    if (channels < 2) {
      policy.problem(
          "channelFallback", "needs routes of at least two channels: add one, or leave it out");
    }
    if (node.text("after").isEmpty()) {
      return null; // told as missing
    }
    return node.duration("after", Policy.SHORTEST_CHANNEL_TIME);
  }
}
