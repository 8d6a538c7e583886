package dev.beckon.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * Who may vouch for callers beside our own keys.
 *
 * @param issuer as it stands in its tokens, letter for letter
 * @param audience that tokens must name: those made for somebody else open nothing here
 */
public record TokenIssuer(String issuer, String audience) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /**
   * @throws IllegalArgumentException saying what is wrong
   */
  public TokenIssuer {
    if (!isSafe(issuer)) {
      throw new IllegalArgumentException(
          "the issuer must be an https address without query; http only on this machine");
    }
    if (audience.isBlank()) {
      throw new IllegalArgumentException(
          "an issuer without an audience would let in tokens that were made for others");
    }
  }

  /** Where it says how its tokens are checked (OpenID Connect Discovery, section 4). */
  URI discovery() {
    return URI.create(issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration");
  }

  /** Its host, as names of callers tell it. */
  String host() {
    return String.valueOf(URI.create(issuer).getHost());
  }

  /** Whether an address is one that nobody on the way can answer for. */
  static boolean isSafe(String address) {
    try {
      URI uri = new URI(address);
      String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
      return uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && uri.getRawUserInfo() == null
          && !host.isEmpty()
          && ("https".equalsIgnoreCase(uri.getScheme())
              || ("http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.contains(host)));
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
