package dev.beckon.vendors.sparkpost;

import dev.beckon.account.Secret;
import dev.beckon.vendor.VendorSettings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings of a SparkPost account, checked together. */
record SparkPostOptions(
    URI transmissions,
    Secret apiKey,
    @Nullable String subaccount,
    Sender sender,
    Tracking tracking,
    @Nullable String ipPool,
    int batch,
    int connections,
    Duration timeout,
    Duration gather) {

  /**
   * <a href="https://support.sparkpost.com/docs/tech-resources/smtp-rest-api-performance">page</a>
   */
  private static final int LARGEST_BATCH = 10_000;

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Who mails come from. */
  record Sender(String address, @Nullable String name, @Nullable String replyTo) {
    Sender {
      refuseUnsafe("senderAddress", address);
      if (replyTo != null) {
        refuseUnsafe("replyTo", replyTo);
      }
      if (name != null && name.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("senderName: holds a control character");
      }
    }

    private static void refuseUnsafe(String setting, String address) {
      if (!address.matches("[^\\s@<>()\\[\\]{}\\\\,;:\"\\p{Cntrl}]+@[A-Za-z0-9.-]+")) {
        throw new IllegalArgumentException(
            setting + ": not an address such as survey@example.org, its domain in ASCII");
      }
    }
  }

  /**
   * What SparkPost adds to a mail.
   *
   * @param transactional leaves out its own List-Unsubscribe header, so that ours is the only one
   *     (<a href="https://support.sparkpost.com/docs/user-guide/remove-list-unsubscribe-header"
   *     >page</a>)
   */
  record Tracking(boolean opens, boolean clicks, boolean transactional) {}

  SparkPostOptions {
    if (batch < 1 || batch > LARGEST_BATCH) {
      throw new IllegalArgumentException("batch: must be from 1 to " + LARGEST_BATCH);
    }
    if (connections < 1 || timeout.isZero()) {
      throw new IllegalArgumentException("connections and timeout: must be positive");
    }
    String host = transmissions.getHost();
    boolean secure = "https".equals(transmissions.getScheme());
    boolean local = "http".equals(transmissions.getScheme()) && LOOPBACK.contains(host);
    if (host == null || !(secure || local)) {
      throw new IllegalArgumentException(
          "url: must begin with https:// and name a host; the key never travels in plain text");
    }
  }

  static SparkPostOptions of(VendorSettings settings) {
    return new SparkPostOptions(
        URI.create(settings.uri("url").toString().replaceAll("/+$", "") + "/api/v1/transmissions"),
        settings
            .optionalSecret("apiKey")
            .orElseThrow(() -> new IllegalArgumentException("apiKey: missing")),
        settings.optionalInteger("subaccount").map(SparkPostOptions::subaccount).orElse(null),
        new Sender(
            settings.text("senderAddress"),
            settings.optionalText("senderName").orElse(null),
            settings.optionalText("replyTo").orElse(null)),
        new Tracking(
            yes(settings, "openTracking"),
            yes(settings, "clickTracking"),
            yes(settings, "transactional")),
        settings.optionalText("ipPool").orElse(null),
        settings.integer("batch"),
        settings.integer("connections"),
        settings.duration("timeout"),
        settings.duration("gather"));
  }

  /** The headers of every call. */
  Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    headers.put("Authorization", apiKey.reveal());
    headers.put("Content-Type", "application/json");
    headers.put("Accept", "application/json");
    if (subaccount != null) {
      headers.put("X-MSYS-SUBACCOUNT", subaccount);
    }
    return Map.copyOf(headers);
  }

  private static String subaccount(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("subaccount: must be the number SparkPost shows");
    }
    return Integer.toString(number);
  }

  private static boolean yes(VendorSettings settings, String name) {
    return switch (settings.text(name)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(name + ": must be true or false");
    };
  }

  /** The endpoint only: the rest is private. */
  @Override
  public String toString() {
    return "SparkPostOptions[" + transmissions.getHost() + "]";
  }
}
