package dev.beckon.vendors.messagebird;

import dev.beckon.account.Secret;
import dev.beckon.vendor.VendorSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The settings of a MessageBird account, checked together. */
record MessageBirdOptions(
    Secret accessKey,
    String originator,
    URI url,
    Datacoding datacoding,
    int maxParts,
    int connections,
    Duration timeout) {

  /** Which alphabet texts are sent in. */
  enum Datacoding {
    PLAIN,
    UNICODE,
    AUTO
  }

  /** A body takes 1377 characters, which is nine parts of 153. */
  private static final int MOST_PARTS = 9;

  /** Short codes, too: they have fewer digits and no country code. */
  private static final Pattern NUMBER = Pattern.compile("\\+?[1-9][0-9]{2,14}");

  private static final Pattern NAME = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}");
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  MessageBirdOptions {
    if (!NUMBER.matcher(originator).matches() && !NAME.matcher(originator).matches()) {
      throw new IllegalArgumentException(
          "originator: must be a number with its country code (at most 15 digits, not starting"
              + " with 0), or at most 11 letters, digits and spaces with a letter among them");
    }
    boolean https = "https".equalsIgnoreCase(url.getScheme());
    boolean loopback =
        "http".equalsIgnoreCase(url.getScheme())
            && LOOPBACK.contains(String.valueOf(url.getHost()));
    if (url.getUserInfo() != null || !(https || loopback)) {
      throw new IllegalArgumentException(
          "url: must be https and hold no credentials: the access key never travels in plain text");
    }
    if (maxParts < 1 || maxParts > MOST_PARTS) {
      throw new IllegalArgumentException("maxParts: must be from 1 to " + MOST_PARTS);
    }
    if (connections < 1 || timeout.isZero()) {
      throw new IllegalArgumentException("connections and timeout: must be positive");
    }
  }

  static MessageBirdOptions of(VendorSettings settings) {
    return new MessageBirdOptions(
        settings.optionalSecret("accessKey").orElseThrow(),
        settings.text("originator"),
        settings.uri("url"),
        datacoding(settings.text("datacoding")),
        settings.integer("maxParts"),
        settings.integer("connections"),
        settings.duration("timeout"));
  }

  private static Datacoding datacoding(String text) {
    try {
      return Datacoding.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("datacoding: must be plain, unicode or auto", e);
    }
  }

  /** The address only: the rest is private. */
  @Override
  public String toString() {
    return "MessageBirdOptions[" + url.getHost() + "]";
  }
}
