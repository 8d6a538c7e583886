package dev.beckon.api;

import dev.beckon.web.Problem;
import dev.beckon.web.WebReply;
import dev.beckon.web.WebRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Lets pages of listed origins call the API from a browser (<a
 * href="https://fetch.spec.whatwg.org/#http-cors-protocol">CORS</a>); no cookies are involved.
 * Immutable.
 *
 * @param origins such as {@code https://console.example}; none: no page of another origin may
 */
public record Cors(Set<String> origins) {
  private static final String READABLE =
      "ETag, Retry-After, RateLimit, RateLimit-Policy, Idempotency-Replayed, Location";

  public Cors {
    origins = Set.copyOf(origins);
  }

  /** The headers of a reply to a page; none for one that is not listed. */
  Map<String, String> headers(WebRequest request) {
    String origin = request.header("origin").orElse("");
    Map<String, String> headers = new LinkedHashMap<>();
    if (!origins.isEmpty()) {
      headers.put("Vary", "Origin");
    }
    if (origins.contains(origin)) {
      headers.put("Access-Control-Allow-Origin", origin);
      headers.put("Access-Control-Expose-Headers", READABLE);
    }
    return headers;
  }

  /** What a browser asks before it sends a page's request. */
  WebReply preflight(WebRequest request, String methods) {
    Map<String, String> headers = headers(request);
    headers.put("Allow", methods + ", OPTIONS");
    if (headers.containsKey("Access-Control-Allow-Origin")) {
      headers.put("Access-Control-Allow-Methods", methods);
      headers.put(
          "Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key, If-Match");
      headers.put("Access-Control-Max-Age", "600");
      return new WebReply(204, "text/plain; charset=utf-8", "", headers);
    }
    return new Problem(
            403,
            "origin-not-listed",
            "Pages of this origin may not call the API",
            "add the origin to BECKON_CORS_ORIGINS where Beckon is installed")
        .reply()
        .with(headers);
  }
}
