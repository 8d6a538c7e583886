package dev.beckon.api;

import dev.beckon.access.Allowance;
import dev.beckon.access.Caller;
import dev.beckon.access.Gatekeeper;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import dev.beckon.bed.World;
import dev.beckon.telemetry.Meter;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The API on a world's stores, for a caller of the test's choice. */
final class ApiBed {
  private ApiBed() {}

  static Caller caller(String account, KeyKind kind, Set<String> recipients, Scope... scopes) {
    return new Caller(account, account, "key k1 (test)", "k1", kind, Set.of(scopes), recipients);
  }

  static Caller live(Scope... scopes) {
    return caller("acme", KeyKind.LIVE, Set.of(), scopes);
  }

  static WebDoor door(World world, Caller caller) {
    return new WebDoor(
        world.api().routes(),
        (authorization, source) ->
            authorization.isEmpty()
                ? new Gatekeeper.Admission.Refused("a key is needed", 0)
                : new Gatekeeper.Admission.Known(caller, new Allowance(true, 600, 599, 60)),
        new Cors(Set.of()),
        Meter.NONE,
        true);
  }

  static RawRequest request(String method, String path, String query, String type, RawBody body) {
    return new RawRequest(
        method,
        path,
        query,
        List.of(Map.entry("Content-Type", type), Map.entry("Authorization", "Bearer x")),
        body,
        "192.0.2.1",
        "r1");
  }

  static WebReply post(WebDoor door, String path, String json) {
    return door.answer(request("POST", path, "", "application/json", RawBody.text(json)));
  }

  static WebReply get(WebDoor door, String path) {
    return door.answer(request("GET", path, "", "application/json", RawBody.NONE));
  }
}
