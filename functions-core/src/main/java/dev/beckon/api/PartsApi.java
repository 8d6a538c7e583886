package dev.beckon.api;

import static dev.beckon.access.Scope.CONFIGURE;
import static dev.beckon.access.Scope.READ;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.json.JsonReader;
import dev.beckon.operations.Configuration;
import dev.beckon.operations.Place;
import dev.beckon.web.ProblemException;
import dev.beckon.web.UnreadableRequestException;
import dev.beckon.web.WebReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The parts of an account's document: dispatches, vendor accounts, feeds, notices. Thread-safe. */
final class PartsApi {
  private static final List<Kind> KINDS =
      List.of(
          new Kind("dispatches", "dispatches", "dispatch", "Dispatch", "Dispatches"),
          new Kind(
              "vendor-accounts", "vendorAccounts", "vendor", "VendorAccount", "VendorAccounts"),
          new Kind("feeds", "feeds", "feed", "Feed", "Feeds"),
          new Kind("notices", "notices", "notice", "Notice", "Notices"));

  private final AccountChanges changes;

  PartsApi(Configuration configuration) {
    this.changes = new AccountChanges(configuration);
  }

  /**
   * A kind of part.
   *
   * @param path its segment of addresses
   * @param key of all of them in the document
   * @param parameter the name of its id in addresses
   * @param one as operations name one of them
   * @param many as operations name several
   */
  private record Kind(String path, String key, String parameter, String one, String many) {
    String all() {
      return "/v1/" + path;
    }

    String single() {
      return all() + "/{" + parameter + "}";
    }

    Place of(Call call) {
      return Place.part(key, call.path(parameter));
    }

    /** For people. */
    String label() {
      return path.substring(0, path.length() - (path.endsWith("hes") ? 2 : 1)).replace('-', ' ');
    }
  }

  List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    for (Kind kind : KINDS) {
      endpoints.add(
          Endpoint.of(
              READ, CONFIGURE, "list" + kind.many(), "GET", kind.all(), call -> list(call, kind)));
      endpoints.add(
          Endpoint.of(
              READ,
              CONFIGURE,
              "read" + kind.one(),
              "GET",
              kind.single(),
              call -> changes.read(call, kind.of(call), kind.label())));
      endpoints.add(
          Endpoint.of(CONFIGURE, "put" + kind.one(), "PUT", kind.single(), call -> put(call, kind))
              .live());
      endpoints.add(
          Endpoint.of(
                  CONFIGURE,
                  "delete" + kind.one(),
                  "DELETE",
                  kind.single(),
                  call -> changes.takeOut(call, kind.of(call), kind.label()))
              .live());
    }
    return endpoints;
  }

  private WebReply list(Call call, Kind kind) throws ProblemException {
    call.knownQuery("after", "limit");
    Page.Asked asked = Page.Asked.of(call);
    List<Map.Entry<String, JsonNode>> rows =
        changes
            .configuration()
            .tree(changes.written(call))
            .path(kind.key())
            .propertyStream()
            .filter(part -> part.getKey().compareTo(asked.after()) > 0)
            .sorted(Map.Entry.comparingByKey())
            .limit(asked.limit() + 1L)
            .toList();
    return Json.page(
        asked.page(rows, Map.Entry::getKey),
        part ->
            Json.object()
                .put("id", part.getKey())
                .put("name", part.getValue().path("name").asText(part.getKey())));
  }

  private WebReply put(Call call, Kind kind) throws ProblemException, UnreadableRequestException {
    if (!JsonReader.isIdentifier(call.path(kind.parameter()))) {
      throw Problems.invalid(
          kind.parameter(),
          "is no identifier",
          "use lower-case letters, digits and dashes, 40 at most");
    }
    return changes.put(call, kind.of(call), kind.label());
  }
}
