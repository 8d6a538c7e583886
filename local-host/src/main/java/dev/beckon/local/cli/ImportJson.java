package dev.beckon.local.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.filedrop.Import;
import dev.beckon.filedrop.ImportCancel;
import dev.beckon.filedrop.ImportFigures;
import java.time.Instant;
import java.util.List;

/** Imports as JSON, for programs. */
final class ImportJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ImportJson() {}

  static String list(List<ImportFigures.Line> lines) {
    ArrayNode all = JSON.createArrayNode();
    lines.forEach(line -> all.add(node(line.dropped(), line.held())));
    return all.toPrettyString();
  }

  static String show(ImportFigures.Standing standing) {
    ObjectNode node = node(standing.dropped(), standing.held());
    ObjectNode refused = node.putObject("refused");
    standing.refused().forEach(refused::put);
    ObjectNode states = node.putObject("states");
    standing.states().forEach((state, rows) -> states.put(state.name(), rows));
    return node.put("percent", standing.percent()).toPrettyString();
  }

  static String cancelled(String id, ImportCancel.Result result) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("sent", result.sent())
        .put("cancelled", result.cancelled())
        .put("underWay", result.underWay())
        .put("inDoubt", result.inDoubt())
        .put("list", result.listKey())
        .toPrettyString();
  }

  private static ObjectNode node(Import dropped, boolean held) {
    Instant released = dropped.releasedAt();
    return JSON.createObjectNode()
        .put("id", dropped.id())
        .put("account", dropped.account())
        .put("feed", dropped.feed())
        .put("dispatch", dropped.dispatch())
        .put("file", dropped.key())
        .put("kind", dropped.kind().name())
        .put("state", dropped.state().name())
        .put("waitingForApproval", held)
        .put("createdAt", dropped.createdAt().toString())
        .put("releasedAt", released == null ? null : released.toString())
        .put("rows", dropped.rows())
        .put("problem", dropped.problem());
  }
}
