package dev.beckon.vendor;

import java.net.URI;
import java.util.Locale;

/**
 * What a connection leads to.
 *
 * @param host a name or an address; an IPv6 address without its brackets
 */
record HttpOrigin(boolean secure, String host, int port) {

  /**
   * The origin of a URL.
   *
   * @throws IllegalArgumentException when it is not an {@code http} or {@code https} URL with a
   *     host
   */
  static HttpOrigin of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("https");
    if (!secure && !scheme.equals("http")) {
      throw new IllegalArgumentException("a vendor's URL must begin with https:// or http://");
    }
    String host = uri.getHost();
    if (host == null || host.isEmpty()) {
      throw new IllegalArgumentException("a vendor's URL must name a host");
    }
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    return new HttpOrigin(secure, bare, port);
  }

  /** Host and port as the Host header has them: the scheme's own port is left out. */
  String authority() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return port == (secure ? 443 : 80) ? name : name + ":" + port;
  }
}
