package dev.beckon.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.access.Allowance;
import dev.beckon.access.Caller;
import dev.beckon.access.Gatekeeper.Admission;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.account.Change;
import dev.beckon.bed.World;
import dev.beckon.intake.IntakeRequest;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import dev.beckon.parcel.Lane;
import dev.beckon.telemetry.Meter;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A world's door and somebody who asks at it; every reply is held against the OpenAPI document.
 * Used by one thread.
 */
final class Desk {
  /** An account beside {@code acme}, with the same dispatch. */
  static final String OTHER = "other";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final World world;
  private final WebDoor door;
  private final ObjectNode document =
      OpenApiDocument.of(URI.create("https://beckon.example"), List.of());
  private final SchemaCheck schemas = new SchemaCheck(document);
  private Caller caller = caller("acme", KeyKind.LIVE, Scope.values());

  Desk(World world) {
    this.world = world;
    this.door =
        new WebDoor(
            world.api().routes(),
            (authorization, source) ->
                new Admission.Known(caller, new Allowance(true, 600, 600, 60)),
            new Cors(Set.of()),
            Meter.NONE,
            true);
  }

  private static Caller caller(String account, KeyKind kind, Scope... scopes) {
    return new Caller(account, account, "key k1 (ops)", "k1", kind, Set.of(scopes), Set.of());
  }

  /** Whoever asks from now on. */
  Desk as(String account, KeyKind kind, Scope... scopes) {
    caller = caller(account, kind, scopes);
    return this;
  }

  /** Somebody of an account who may do everything. */
  Desk of(String account) {
    return as(account, KeyKind.LIVE, Scope.values());
  }

  /** Configures the other account. */
  void configureOther() {
    String json = world.accounts.written("acme").orElseThrow().json();
    world.accounts.put(
        json.replace("\"acme\"", "\"" + OTHER + "\"").replace("\"stays\"", "\"others\""),
        Change.whole("a test"));
  }

  /** Accepts rows for an account, of which each is called {@code order-<row>}. */
  void accept(String account, String batch, List<Row> rows) {
    world.intake.accept(
        new IntakeRequest(
            world.accounts.find(account).orElseThrow(),
            world.accounts.find(account).orElseThrow().requireDispatch("stay"),
            batch,
            "0",
            Lane.BULK,
            world.clock.instant(),
            rows.stream().map(Desk::named).toList()));
  }

  private static Row named(Row row) {
    return new Row(
        row.number(),
        row.addresses(),
        row.fields(),
        row.language(),
        row.zone(),
        row.defaultCountry(),
        "order-" + row.number());
  }

  /** A row that goes out by SMS. */
  static Row text(int number, String mobile) {
    return new Row(number, Map.of(Channel.SMS, mobile), Map.of("first_name", "Ada"), null, "DE");
  }

  /** Dispatches the parcel of a batch. */
  void dispatch(String batch) {
    world.dispatch.dispatcher().dispatch(List.of(batch + ".0.0"), world.deadline());
  }

  /** Works on everything hinted at. */
  void work() {
    for (List<String> hints = world.bulk.take(10); !hints.isEmpty(); hints = world.bulk.take(10)) {
      world
          .dispatch
          .dispatcher()
          .dispatch(
              hints.stream().map(hint -> hint.substring("parcel/".length())).toList(),
              world.deadline());
    }
  }

  /** A reply. */
  record Answer(int status, String text, JsonNode json) {
    /** The paths of what was wrong. */
    List<String> faults() {
      return json.path("errors").findValuesAsText("path");
    }

    Answer is(int expected) {
      assertThat(status).as(text).isEqualTo(expected);
      return this;
    }
  }

  Answer get(String path, String query) {
    return send("GET", path, query, RawBody.NONE);
  }

  Answer post(String path, String body) {
    return send("POST", path, "", RawBody.text(body));
  }

  private Answer send(String method, String path, String query, RawBody body) {
    WebReply reply =
        door.answer(
            new RawRequest(
                method,
                path,
                query,
                List.of(Map.entry("content-type", "application/json")),
                body,
                "192.0.2.1",
                "r1"));
    try {
      JsonNode json = reply.body().isEmpty() ? JSON.missingNode() : JSON.readTree(reply.body());
      assertThat(problems(method, path, reply, json)).as(reply.body()).isEmpty();
      return new Answer(reply.status(), reply.body(), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> problems(String method, String path, WebReply reply, JsonNode json) {
    String template = door.routes().at(path).getFirst().endpoint().path();
    JsonNode response =
        document
            .path("paths")
            .path(template)
            .path(method.toLowerCase(Locale.ROOT))
            .path("responses")
            .path(Integer.toString(reply.status()));
    if (response.isMissingNode()) {
      return List.of("status " + reply.status() + " is not described");
    }
    JsonNode said =
        response.has("$ref") ? document.at(response.path("$ref").asText().substring(1)) : response;
    JsonNode content = said.path("content").path(reply.contentType());
    return json.isMissingNode() && content.isMissingNode()
        ? List.of()
        : schemas.problems(content.path("schema"), json);
  }
}
