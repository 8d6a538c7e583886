package dev.beckon.api;

import dev.beckon.feedback.Unsubscribe;
import dev.beckon.privacy.Failures;
import dev.beckon.telemetry.Meter;
import dev.beckon.telemetry.Metric;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests. Thread-safe; never throws: bad input is a problem told to its sender, a failure
 * of ours a page without detail.
 */
public final class WebDoor {
  private static final Logger LOG = LoggerFactory.getLogger(WebDoor.class);

  /** 128 bits in base64url. */
  private static final Pattern UNSUBSCRIBE = Pattern.compile("/u/([A-Za-z0-9_-]{22})");

  /** Pages load nothing from anywhere and cannot be framed; their links give no token away. */
  private static final Map<String, String> SAFE =
      Map.of(
          "Content-Security-Policy",
              "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
          "Referrer-Policy", "no-referrer",
          "X-Content-Type-Options", "nosniff",
          "Cache-Control", "no-store");

  private static final Map<String, String> SECURE =
      Map.of("Strict-Transport-Security", "max-age=31536000");

  private final Unsubscribe unsubscribe;
  private final Meter meter;
  private final boolean secure;

  /**
   * @param secure whether it is reached by TLS alone, which browsers are then told to keep to
   */
  public WebDoor(Unsubscribe unsubscribe, Meter meter, boolean secure) {
    this.unsubscribe = unsubscribe;
    this.meter = meter;
    this.secure = secure;
  }

  /** Answers one request, and logs that it did: by its route, for a path may hold a token. */
  public WebReply answer(RawRequest raw) {
    long began = System.nanoTime();
    Routed routed = routed(raw);
    count(routed.reply().status(), System.nanoTime() - began);
    LOG.info(
        "request={} route='{}' status={} ms={}",
        raw.id(),
        routed.route(),
        routed.reply().status(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    WebReply reply = routed.reply().with(SAFE).with(secure ? SECURE : Map.of());
    return raw.method().equals("HEAD") ? reply.withoutBody() : reply;
  }

  private void count(int status, long nanos) {
    meter.add(Metric.API_REQUESTS, Map.of(), 1);
    meter.add(Metric.API_4XX, Map.of(), status >= 400 && status < 500 ? 1 : 0);
    meter.add(Metric.API_5XX, Map.of(), status >= 500 ? 1 : 0);
    meter.record(Metric.API_LATENCY, Map.of(), nanos / 1_000_000.0);
  }

  private record Routed(String route, WebReply reply) {}

  private Routed routed(RawRequest raw) {
    try {
      return route(RequestReader.read(raw));
    } catch (UnreadableRequestException e) {
      return new Routed("-", WebReply.problem(e.status(), "The request is not readable", e.told()));
    } catch (RuntimeException e) {
      LOG.error("request={} failed: {}", raw.id(), Failures.tell(e));
      return new Routed(
          "-", page(500, "Something went wrong", "This is our fault. Try again in a moment.", ""));
    }
  }

  private Routed route(WebRequest request) {
    String method = request.method();
    if (request.path().equals("/healthz")) {
      return new Routed(
          "/healthz", new WebReply(200, "text/plain; charset=utf-8", "ok\n", Map.of()));
    }
    Matcher link = UNSUBSCRIBE.matcher(request.path());
    if (!link.matches()) {
      return new Routed("-", page(404, "Not found", "There is nothing at this address.", ""));
    }
    return switch (method) {
      case "GET", "HEAD" -> new Routed(method + " /u/{token}", ask(link.group(1)));
      case "POST" -> new Routed("POST /u/{token}", act(link.group(1)));
      default ->
          new Routed(
              "/u/{token}",
              page(405, "Not possible", "This address takes GET and POST.", "")
                  .with(Map.of("Allow", "GET, HEAD, POST")));
    };
  }

  /** A page with a button: mail scanners follow links, so GET must change nothing (RFC 8058 §1). */
  private WebReply ask(String token) {
    if (!unsubscribe.knows(token)) {
      return unknown();
    }
    return page(
        200,
        "Unsubscribe?",
        "You will not be invited to surveys again.",
        "<form method=\"post\"><button type=\"submit\">Unsubscribe</button></form>");
  }

  /** One-click: acts without a cookie, a login or a further page (RFC 8058 §3.2). */
  private WebReply act(String token) {
    return unsubscribe.unsubscribe(token)
        ? page(200, "You are unsubscribed", "You will not be invited to surveys again.", "")
        : unknown();
  }

  private static WebReply unknown() {
    return page(
        404,
        "This link is not valid",
        "It may have been cut off. Copy the whole link from the message.",
        "");
  }

  /** All texts are ours; nothing of a request is ever repeated on a page. */
  private static WebReply page(int status, String title, String text, String action) {
    String html =
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
        <meta name="robots" content="noindex"><title>%1$s</title>
        <style>
        :root{color-scheme:light dark}
        body{margin:0;min-height:100vh;display:grid;place-items:center;font:17px/1.5 system-ui,sans-serif;background:#f4f1ec;color:#2b2622}
        main{max-width:26rem;margin:1.5rem;padding:2.25rem;border-radius:16px;background:#fff;box-shadow:0 8px 30px #0001}
        h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.2}p{margin:0 0 1.25rem}
        button{font:inherit;font-weight:600;padding:.7rem 1.4rem;border:0;border-radius:10px;background:#7a3e1d;color:#fff;cursor:pointer}
        button:focus-visible{outline:3px solid #d9a066;outline-offset:2px}
        @media(prefers-color-scheme:dark){body{background:#1b1816;color:#eee}main{background:#26211e}}
        </style></head><body><main><h1>%1$s</h1><p>%2$s</p>%3$s</main></body></html>
        """
            .formatted(title, text, action);
    return new WebReply(status, "text/html; charset=utf-8", html, Map.of());
  }
}
