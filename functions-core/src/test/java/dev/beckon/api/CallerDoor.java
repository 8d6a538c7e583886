package dev.beckon.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.access.Allowance;
import dev.beckon.access.Caller;
import dev.beckon.access.Gatekeeper;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.account.TestTwin;
import dev.beckon.telemetry.Meter;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The API as one caller meets it, who is known already; every reply is held against its schema. */
final class CallerDoor {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Routes routes;
  private final WebDoor door;
  private final ObjectNode document;
  private final SchemaCheck schemas;

  CallerDoor(Routes routes, Caller caller) {
    this.routes = routes;
    Gatekeeper known =
        (authorization, source) ->
            new Gatekeeper.Admission.Known(caller, new Allowance(true, 600, 599, 60));
    this.door = new WebDoor(routes, known, new Cors(Set.of()), Meter.NONE, false);
    this.document = (ObjectNode) json(door.answer(RawRequest.of("GET", "/openapi.json")));
    this.schemas = new SchemaCheck(document);
  }

  /** Somebody with a live key. */
  static CallerDoor live(WebDoor door, String account, Scope... scopes) {
    return new CallerDoor(
        door.routes(),
        new Caller(account, account, "key 1 (ann)", "1", KeyKind.LIVE, Set.of(scopes), Set.of()));
  }

  /** Somebody with a test key. */
  static CallerDoor test(WebDoor door, String account, Scope... scopes) {
    return new CallerDoor(
        door.routes(),
        new Caller(
            TestTwin.of(account),
            account,
            "key 2 (test)",
            "2",
            KeyKind.TEST,
            Set.of(scopes),
            Set.of()));
  }

  WebReply get(String path) {
    String[] parts = path.split("\\?", 2);
    return send("GET", parts[0], parts.length > 1 ? parts[1] : "", RawBody.NONE, List.of());
  }

  WebReply post(String path, String body) {
    return send("POST", path, "", RawBody.text(body), List.of());
  }

  /** A change over a version, such as {@code "7"} in quotation marks; an empty text for none. */
  WebReply change(String method, String path, String version, String body) {
    List<Map.Entry<String, String>> headers =
        version.isEmpty() ? List.of() : List.of(Map.entry("If-Match", version));
    return send(method, path, "", body.isEmpty() ? RawBody.NONE : RawBody.text(body), headers);
  }

  private WebReply send(
      String method,
      String path,
      String query,
      RawBody body,
      List<Map.Entry<String, String>> headers) {
    WebReply reply =
        door.answer(new RawRequest(method, path, query, headers, body, "192.0.2.1", "r1"));
    String template = routes.at(path).getFirst().endpoint().path();
    JsonNode response =
        document
            .path("paths")
            .path(template)
            .path(method.toLowerCase(Locale.ROOT))
            .path("responses")
            .path(Integer.toString(reply.status()));
    assertThat(response.isMissingNode()).as(template + " answers " + reply.status()).isFalse();
    if (response.has("$ref")) {
      response = document.at(response.path("$ref").asText().substring(1));
    }
    JsonNode content = response.path("content").path(reply.contentType());
    if (reply.body().isEmpty()) {
      assertThat(response.has("content")).as("a body is described").isFalse();
    } else {
      assertThat(schemas.problems(content.path("schema"), json(reply))).as(reply.body()).isEmpty();
    }
    return reply;
  }

  static JsonNode json(WebReply reply) {
    try {
      return JSON.readTree(reply.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The paths of the errors of a problem. */
  static List<String> paths(WebReply reply) {
    return json(reply).path("errors").findValuesAsText("path");
  }
}
