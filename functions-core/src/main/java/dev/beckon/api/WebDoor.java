package dev.beckon.api;

import dev.beckon.access.Allowance;
import dev.beckon.access.Caller;
import dev.beckon.access.Gatekeeper;
import dev.beckon.access.Gatekeeper.Admission;
import dev.beckon.access.Scope;
import dev.beckon.privacy.Failures;
import dev.beckon.telemetry.Meter;
import dev.beckon.telemetry.Metric;
import dev.beckon.web.Problem;
import dev.beckon.web.ProblemException;
import dev.beckon.web.RawRequest;
import dev.beckon.web.RequestReader;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebReply;
import dev.beckon.web.WebRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests: finds the endpoint, asks who wants it, and has it answer. Thread-safe; never
 * throws: bad input is a problem told to its sender, a failure of ours a reply without detail.
 */
public final class WebDoor {
  private static final Logger LOG = LoggerFactory.getLogger(WebDoor.class);

  /** Paths below it are for programs: they are told of problems in JSON, people on pages. */
  private static final String PROGRAMS = "/v1";

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

  private final Routes routes;
  private final Gatekeeper gatekeeper;
  private final Cors cors;
  private final Meter meter;
  private final boolean secure;

  /**
   * @param secure whether it is reached by TLS alone, which browsers are then told to keep to
   */
  public WebDoor(Routes routes, Gatekeeper gatekeeper, Cors cors, Meter meter, boolean secure) {
    this.routes = routes;
    this.gatekeeper = gatekeeper;
    this.cors = cors;
    this.meter = meter;
    this.secure = secure;
  }

  /** The route table. */
  public Routes routes() {
    return routes;
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
    WebRequest request;
    try {
      request = RequestReader.read(raw);
    } catch (UnreadableRequestException e) {
      return new Routed("-", unreadable(e));
    }
    List<Routes.Found> found = routes.at(request.path());
    boolean program = request.path().startsWith(PROGRAMS + "/");
    if (found.isEmpty()) {
      return new Routed("-", nothing(program));
    }
    String template = found.getFirst().endpoint().path();
    if (request.method().equals("OPTIONS")) {
      return new Routed("OPTIONS " + template, cors.preflight(request, Routes.methods(found)));
    }
    Optional<Routes.Found> one = Routes.with(request.method(), found);
    if (one.isEmpty()) {
      return new Routed(template, notThisWay(program).with(Map.of("Allow", Routes.methods(found))));
    }
    WebReply reply;
    try {
      reply = answer(one.get(), request);
    } catch (ProblemException e) {
      reply = e.problem().reply();
    } catch (UnreadableRequestException e) {
      reply = unreadable(e);
    } catch (RuntimeException e) {
      LOG.error("request={} failed: {}", raw.id(), Failures.tell(e));
      reply = ourFault(program);
    }
    return new Routed(request.method() + " " + template, reply.with(cors.headers(request)));
  }

  private WebReply answer(Routes.Found found, WebRequest request)
      throws ProblemException, UnreadableRequestException {
    Endpoint endpoint = found.endpoint();
    if (endpoint.isOpen()) {
      return endpoint.handler().answer(new Call(request, found.path(), null));
    }
    Admission admission =
        gatekeeper.admit(request.header("authorization").orElse(""), request.source());
    return switch (admission) {
      case Admission.Refused(String detail, int retryAfter) -> stranger(detail, retryAfter);
      case Admission.Known(Caller caller, Allowance allowance) -> {
        WebReply reply;
        if (!allowance.granted()) {
          reply = tooMany(allowance);
        } else {
          try {
            check(endpoint, caller);
            reply = endpoint.handler().answer(new Call(request, found.path(), caller));
          } catch (ProblemException e) {
            reply = e.problem().reply();
          }
        }
        yield reply.with(limits(allowance));
      }
    };
  }

  private static void check(Endpoint endpoint, Caller caller) throws ProblemException {
    if (endpoint.scopes().stream().noneMatch(caller::may)) {
      throw new ProblemException(
          new Problem(
              403,
              "scope-missing",
              "This key may not do that",
              "it needs the scope "
                  + endpoint.scopes().stream()
                      .map(Scope::label)
                      .sorted()
                      .collect(Collectors.joining(" or "))
                  + "; use another key"));
    }
    if (!endpoint.kinds().contains(caller.kind())) {
      throw new ProblemException(
          new Problem(
              403,
              "live-key-needed",
              "This kind of key may not do that",
              "test and team keys cannot change what everybody shares or reach all recipients;"
                  + " use a key of kind live"));
    }
  }

  private static WebReply stranger(String detail, int retryAfter) {
    if (retryAfter > 0) {
      return new Problem(429, "too-many-wrong-keys", "Too many wrong keys", detail)
          .reply()
          .with(Map.of("Retry-After", Integer.toString(retryAfter)));
    }
    return new Problem(401, "not-authenticated", "A valid key is needed", detail)
        .reply()
        .with(Map.of("WWW-Authenticate", "Bearer realm=\"beckon\""));
  }

  private static WebReply tooMany(Allowance allowance) {
    return new Problem(
            429,
            "rate-limited",
            "Too many requests",
            "this key may make "
                + allowance.perMinute()
                + " requests a minute; go on in "
                + allowance.resetSeconds()
                + " s, or hand in more invitations with each request")
        .reply()
        .with(Map.of("Retry-After", Integer.toString(allowance.resetSeconds())));
  }

  /** As draft-ietf-httpapi-ratelimit-headers writes them. */
  private static Map<String, String> limits(Allowance allowance) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("RateLimit-Policy", "\"key\";q=" + allowance.perMinute() + ";w=60");
    headers.put(
        "RateLimit", "\"key\";r=" + allowance.remaining() + ";t=" + allowance.resetSeconds());
    return headers;
  }

  private static WebReply unreadable(UnreadableRequestException e) {
    return new Problem(e.status(), "unreadable-request", "The request is not readable", e.told())
        .reply();
  }

  private static WebReply nothing(boolean program) {
    return program
        ? new Problem(
                404,
                "no-such-route",
                "There is nothing at this address",
                "/docs lists what there is")
            .reply()
        : HtmlPage.of(404, "Not found", "There is nothing at this address.", "");
  }

  private static WebReply notThisWay(boolean program) {
    return program
        ? new Problem(
                405,
                "method-not-allowed",
                "This address does not take that method",
                "use one of those in the header Allow")
            .reply()
        : HtmlPage.of(405, "Not possible", "This address does not take that method.", "");
  }

  private static WebReply ourFault(boolean program) {
    return program
        ? new Problem(
                500,
                "our-fault",
                "Something went wrong here",
                "this is our fault; send the same request again in a moment")
            .reply()
        : HtmlPage.of(500, "Something went wrong", "This is our fault. Try again in a moment.", "");
  }
}
