package dev.beckon.api;

import dev.beckon.feedback.Unsubscribe;
import dev.beckon.web.WebReply;
import java.util.List;
import java.util.regex.Pattern;

/** The pages behind the unsubscribe links of messages. Thread-safe. */
final class UnsubscribePages {
  private static final String PATH = "/u/{token}";

  /** 128 bits in base64url. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{22}");

  private final Unsubscribe unsubscribe;

  UnsubscribePages(Unsubscribe unsubscribe) {
    this.unsubscribe = unsubscribe;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.open("askUnsubscribe", "GET", PATH, this::ask),
        Endpoint.open("unsubscribe", "POST", PATH, this::act));
  }

  /** A page with a button: mail scanners follow links, so GET must change nothing (RFC 8058 §1). */
  private WebReply ask(Call call) {
    String token = call.path("token");
    if (!TOKEN.matcher(token).matches() || !unsubscribe.knows(token)) {
      return unknown();
    }
    return HtmlPage.of(
        200,
        "Unsubscribe?",
        "You will not be invited to surveys again.",
        "<form method=\"post\"><button type=\"submit\">Unsubscribe</button></form>");
  }

  /** One-click: acts without a cookie, a login or a further page (RFC 8058 §3.2). */
  private WebReply act(Call call) {
    String token = call.path("token");
    return TOKEN.matcher(token).matches() && unsubscribe.unsubscribe(token)
        ? HtmlPage.of(200, "You are unsubscribed", "You will not be invited to surveys again.", "")
        : unknown();
  }

  private static WebReply unknown() {
    return HtmlPage.of(
        404,
        "This link is not valid",
        "It may have been cut off. Copy the whole link from the message.",
        "");
  }
}
