package dev.beckon.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.filedrop.Import;
import dev.beckon.filedrop.ImportFigures;
import java.util.Map;
import java.util.TreeMap;

/** Imports as the API tells of them. */
final class ImportJson {
  private ImportJson() {}

  /** One line of a list. */
  static ObjectNode of(Import dropped, boolean held) {
    ObjectNode json = Json.object();
    json.put("import", dropped.id());
    dropped.upload().ifPresent(id -> json.put("upload", id));
    json.put("feed", dropped.feed())
        .put("dispatch", dropped.dispatch())
        .put("fileName", dropped.givenName())
        .put("kind", dropped.kind().name())
        .put("state", dropped.state().name())
        .put("held", held)
        .put("createdAt", dropped.createdAt().toString());
    if (dropped.releasedAt() != null) {
      json.put("releasedAt", dropped.releasedAt().toString());
    }
    json.put("rows", dropped.rows());
    if (!dropped.problem().isEmpty()) {
      json.put("problem", dropped.problem());
    }
    return json;
  }

  /** How one stands. */
  static ObjectNode of(ImportFigures.Standing standing) {
    Import dropped = standing.dropped();
    ObjectNode json = of(dropped, standing.held());
    json.put("percent", standing.percent()).put("rowsOpen", standing.rowsOpen());
    json.set("refused", numbers(standing.refused()));
    json.set("stored", numbers(dropped.totals().stored()));
    ObjectNode states = json.putObject("states");
    new TreeMap<>(standing.states()).forEach((state, rows) -> states.put(state.name(), rows));
    switch (dropped.state()) {
      case CHECKED -> json.put("report", path(dropped, "report"));
      case ACCEPTED -> {
        if (!standing.refused().isEmpty()) {
          json.put("refusedRows", path(dropped, "refused-rows"));
        }
      }
      case WAITING, RELEASED, REFUSED, CANCELLED -> {
        // nothing was written that could be fetched
      }
    }
    return json;
  }

  private static String path(Import dropped, String what) {
    return "/v1/imports/" + dropped.id() + "/" + what;
  }

  private static ObjectNode numbers(Map<String, Integer> numbers) {
    ObjectNode json = Json.object();
    new TreeMap<>(numbers).forEach(json::put);
    return json;
  }
}
