package dev.beckon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.access.Allowance;
import dev.beckon.access.Caller;
import dev.beckon.access.Gatekeeper;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.batch.BatchParts;
import dev.beckon.bed.World;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Hands in invitations at the door of a world, as one caller or another. */
final class BatchDoor {
  static final String INVITATIONS = "/v1/dispatches/stay/invitations";
  static final Caller LIVE =
      new Caller(
          "acme", "acme", "key 1 (crm)", "1", KeyKind.LIVE, Set.of(Scope.values()), Set.of());

  private static final ObjectMapper JSON = new ObjectMapper();

  private final BatchParts parts;
  private final WebDoor door;
  private Caller caller = LIVE;

  BatchDoor(World world) {
    this(world, world.batches);
  }

  /** On other stores than the world's. */
  BatchDoor(World world, BatchParts parts) {
    this.parts = parts;
    this.door =
        new WebDoor(
            new Routes(new BatchesApi(parts, world.fileDrop).endpoints()),
            (authorization, source) ->
                new Gatekeeper.Admission.Known(caller, new Allowance(true, 600, 599, 60)),
            new Cors(Set.of()),
            world.meter,
            true);
  }

  /** From here on requests are this caller's. */
  BatchDoor as(Caller other) {
    caller = other;
    return this;
  }

  static Caller caller(String account, KeyKind kind, Set<Scope> scopes, Set<String> recipients) {
    return new Caller(account, account, "key 2 (shop)", "2", kind, scopes, recipients);
  }

  WebReply post(String path, String body, String... headers) {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      all.add(Map.entry(headers[i], headers[i + 1]));
    }
    return door.answer(
        new RawRequest("POST", path, "", all, RawBody.text(body), "192.0.2.1", "r1"));
  }

  WebReply get(String path, String query) {
    return door.answer(
        new RawRequest("GET", path, query, List.of(), RawBody.NONE, "192.0.2.1", "r1"));
  }

  /** Hands rows in under a key. */
  WebReply send(String key, String body) {
    return post(INVITATIONS, body, "Idempotency-Key", key);
  }

  static JsonNode json(WebReply reply) {
    try {
      return JSON.readTree(reply.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A body of rows of JSON. */
  static String body(String... rows) {
    return "{\"invitations\":[" + String.join(",", rows) + "]}";
  }

  static String row(String email) {
    return "{\"recipients\":{\"email\":\"" + email + "\"},\"fields\":{\"first_name\":\"Ada\"}}";
  }

  /** A body of n rows with distinct recipients. */
  static String bodyOf(int n) {
    return body(
        IntStream.range(0, n)
            .mapToObj(row ->
                "{\"reference\":\"order "
                    + row
                    + "\",\"recipients\":{\"email\":\"guest"
                    + row
                    + "@example.org\"},\"fields\":{\"first_name\":\"Ada\"}}")
            .toArray(String[]::new));
  }

  /** How many invitations of the batch are stored. */
  long stored(String batch) {
    return parts.invitations().countByState(batch).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
