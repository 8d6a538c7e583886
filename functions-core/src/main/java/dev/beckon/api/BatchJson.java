package dev.beckon.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.batch.Batch;
import dev.beckon.batch.BatchFigures;
import dev.beckon.batch.BatchReceipt;
import dev.beckon.batch.RefusedRow;
import dev.beckon.filedrop.Import;
import dev.beckon.filedrop.ImportFigures;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.web.Problem.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Batches as replies show them. */
final class BatchJson {
  /** What a row is for callers who may not know whether its recipient is known. */
  private static final String STORED = "STORED";

  private BatchJson() {}

  /**
   * What became of each row.
   *
   * @param references as the request gives them
   * @param whole whether the caller may read: another one cannot tell a suppressed recipient
   */
  static ObjectNode receipt(
      Batch batch, BatchReceipt receipt, List<@Nullable String> references, boolean whole) {
    ObjectNode json = Json.object();
    json.put("batch", batch.id())
        .put("dispatch", batch.dispatch())
        .put("acceptedAt", batch.acceptedAt().toString());
    putTime(json, "sendAt", batch.sendAt());
    json.put("rows", batch.rows())
        .put("accepted", receipt.storedCount())
        .put("refused", receipt.refusedCount());
    ObjectNode states = json.putObject("states");
    String[] byRow = new String[batch.rows()];
    new TreeMap<>(receipt.stored())
        .forEach((state, rows) -> {
          String shown = whole ? state.name() : STORED;
          states.put(shown, states.path(shown).asInt() + rows.size());
          rows.rows().forEach(row -> byRow[row] = shown);
        });
    ArrayNode invitations = json.putArray("invitations");
    for (int row = 0; row < byRow.length; row++) {
      if (byRow[row] != null) {
        ObjectNode one = invitations.addObject().put("row", row);
        putText(one, "reference", references.get(row));
        one.put("id", Invitation.id(batch.id(), row)).put("state", byRow[row]);
      }
    }
    ArrayNode errors = json.putArray("errors");
    for (RefusedRow refused : receipt.refusedRows()) {
      ObjectNode one = errors.addObject().put("row", refused.row());
      putText(one, "reference", references.get(refused.row()));
      one.put("path", path(refused))
          .put("code", refused.code())
          .put("reason", refused.reason())
          .put("remedy", refused.remedy());
    }
    return json;
  }

  static Fault fault(RefusedRow refused) {
    return new Fault(path(refused), refused.reason(), refused.remedy());
  }

  private static String path(RefusedRow refused) {
    String row = "invitations[" + refused.row() + "]";
    return refused.field().isEmpty() ? row : row + "." + refused.field();
  }

  static ObjectNode line(BatchFigures.Line line) {
    ObjectNode json =
        Json.object()
            .put("batch", line.batch().id())
            .put("dispatch", line.batch().dispatch())
            .put("acceptedAt", line.batch().acceptedAt().toString())
            .put("who", line.batch().who())
            .put("state", state(line.cancelled(), line.batch().accepted()))
            .put("rows", line.batch().rows());
    return json.put("refused", line.batch().refused());
  }

  private static String state(boolean cancelled, boolean accepted) {
    return cancelled ? "CANCELLED" : accepted ? "ACCEPTED" : "ACCEPTING";
  }

  static ObjectNode standing(BatchFigures.Standing standing) {
    Batch batch = standing.batch();
    BatchReceipt receipt = batch.receipt();
    ObjectNode json =
        Json.object()
            .put("batch", batch.id())
            .put("kind", "REQUEST")
            .put("dispatch", batch.dispatch())
            .put("acceptedAt", batch.acceptedAt().toString());
    putTime(json, "sendAt", batch.sendAt());
    json.put("who", batch.who()).put("state", state(standing.cancelled(), receipt != null));
    Map<String, Integer> refused = new TreeMap<>();
    Map<String, Integer> stored = new TreeMap<>();
    if (receipt != null) {
      receipt
          .refused()
          .forEach(reason -> refused.merge(reason.code(), reason.rows().size(), Integer::sum));
      receipt.stored().forEach((state, rows) -> stored.put(state.name(), rows.size()));
    }
    return figures(
        json,
        new Figures(
            batch.rows(),
            standing.rowsOpen(),
            receipt != null,
            refused,
            stored,
            standing.states()));
  }

  static ObjectNode standing(ImportFigures.Standing standing) {
    Import dropped = standing.dropped();
    ObjectNode json =
        Json.object()
            .put("batch", dropped.id())
            .put("kind", "IMPORT")
            .put("dispatch", dropped.dispatch());
    putTime(json, "acceptedAt", dropped.releasedAt());
    json.put(
        "state",
        switch (dropped.state()) {
          case WAITING, RELEASED -> "ACCEPTING";
          case ACCEPTED -> standing.held() ? "HELD" : "ACCEPTED";
          case REFUSED -> "REFUSED";
          case CANCELLED -> "CANCELLED";
          case CHECKED -> "CHECKED";
        });
    return figures(
        json,
        new Figures(
            dropped.rows(),
            standing.rowsOpen(),
            dropped.state().isFinal(),
            standing.refused(),
            dropped.totals().stored(),
            standing.states()));
  }

  /**
   * How many rows fared how.
   *
   * @param accepted whether every row is stored or refused
   * @param refused code → rows
   * @param stored state when it was accepted → rows
   * @param states state now → rows
   */
  private record Figures(
      long rows,
      long open,
      boolean accepted,
      Map<String, Integer> refused,
      Map<String, Integer> stored,
      Map<InvitationState, Long> states) {}

  private static ObjectNode figures(ObjectNode json, Figures figures) {
    json.put("rows", figures.rows())
        .put("refused", figures.refused().values().stream().mapToInt(Integer::intValue).sum())
        .put("rowsOpen", figures.open())
        .put(
            "percent",
            figures.rows() == 0
                ? 0
                : (int) (100 * (figures.rows() - figures.open()) / figures.rows()))
        .put("finished", figures.accepted() && figures.open() == 0);
    ObjectNode refused = json.putObject("refusedByCode");
    new TreeMap<>(figures.refused()).forEach(refused::put);
    ObjectNode stored = json.putObject("statesAtAcceptance");
    new TreeMap<>(figures.stored()).forEach(stored::put);
    ObjectNode states = json.putObject("states");
    new TreeMap<>(figures.states()).forEach((state, rows) -> states.put(state.name(), rows));
    return json;
  }

  private static void putTime(ObjectNode json, String name, @Nullable Instant at) {
    putText(json, name, at == null ? null : at.toString());
  }

  private static void putText(ObjectNode json, String name, @Nullable String text) {
    if (text != null) {
      json.put(name, text);
    }
  }
}
