package dev.beckon.local.lambda;

import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import dev.beckon.web.UnreadableRequestException;
import java.util.List;

/** Requests of people who click a link, for tests. */
final class Requests {
  private Requests() {}

  static RawRequest of(String method, String path) {
    return new RawRequest(
        method,
        path,
        "",
        List.of(),
        RawBody.text("List-Unsubscribe=One-Click"),
        "127.0.0.1",
        "request");
  }

  /** The event of a page that is asked for. */
  static String event(String path) {
    try {
      return HttpFunction.event(of("GET", path));
    } catch (UnreadableRequestException e) {
      throw new AssertionError(e);
    }
  }
}
