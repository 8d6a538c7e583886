package dev.beckon.vendor;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The bytes of a request up to its body. Nothing a caller gives can end a line. */
final class RequestHead {
  /** Headers that decide where a request ends or what becomes of its connection: ours alone. */
  private static final Set<String> OURS =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private RequestHead() {}

  /** A POST with a body of so many bytes. */
  static byte[] of(HttpOrigin origin, URI uri, Map<String, String> headers, int length) {
    return of("POST", origin, uri, headers, "Content-Length: " + length + "\r\n");
  }

  /** A GET. */
  static byte[] get(HttpOrigin origin, URI uri, Map<String, String> headers) {
    return of("GET", origin, uri, headers, "");
  }

  /**
   * @throws IllegalArgumentException naming a header that is not fit to be sent, never its value
   */
  private static byte[] of(
      String method, HttpOrigin origin, URI uri, Map<String, String> headers, String framing) {
    StringBuilder head = new StringBuilder(512);
    head.append(method).append(' ').append(target(uri)).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(origin.authority()).append("\r\n");
    boolean agent = false;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String name = header.getKey();
      check(name, header.getValue());
      agent |= name.equalsIgnoreCase("User-Agent");
      head.append(name).append(": ").append(header.getValue()).append("\r\n");
    }
    if (!agent) {
      // some gateways turn away whoever does not say what it is
      head.append("User-Agent: Beckon\r\n");
    }
    head.append(framing).append("\r\n");
    return head.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A {@link URI} holds neither blanks nor controls, but letters beyond ASCII. */
  private static String target(URI uri) {
    URI ascii = URI.create(uri.toASCIIString());
    String path = ascii.getRawPath();
    String query = ascii.getRawQuery();
    return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
  }

  private static void check(String name, String value) {
    if (name.isEmpty() || !name.chars().allMatch(RequestHead::isToken)) {
      throw new IllegalArgumentException(
          "a header's name may only hold letters, digits and dashes");
    }
    if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("header " + name + " is set by the client alone");
    }
    if (!value.chars().allMatch(RequestHead::isText)) {
      throw new IllegalArgumentException(
          "header " + name + " holds a line end, a control character or one beyond Latin-1");
    }
  }

  private static boolean isToken(int character) {
    return (character >= '0' && character <= '9')
        || (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || TOKEN_MARKS.indexOf(character) >= 0;
  }

  private static boolean isText(int character) {
    return character == '\t'
        || (character >= ' ' && character <= '~')
        || (character >= 0xa0 && character <= 0xff);
  }
}
