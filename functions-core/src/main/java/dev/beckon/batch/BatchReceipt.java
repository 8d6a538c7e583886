package dev.beckon.batch;

import dev.beckon.invitation.InvitationState;
import dev.beckon.parcel.RowSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What became of each row of a batch when it was accepted. Rows that share a fate are kept as one
 * set, so that 10,000 of them take little room; neither values nor references of the caller are in
 * it, which the request brings again when it is repeated.
 *
 * @param stored state at intake → rows
 * @param refused a reason → rows
 */
public record BatchReceipt(Map<InvitationState, RowSet> stored, List<Refused> refused) {
  public BatchReceipt {
    stored = Map.copyOf(stored);
    refused = List.copyOf(refused);
  }

  /** Rows that were refused for one and the same reason. */
  public record Refused(String field, String code, String reason, String remedy, RowSet rows) {}

  /** The receipt of these rows. */
  static BatchReceipt of(
      Map<InvitationState, List<Integer>> stored, Collection<RefusedRow> refused) {
    Map<RefusedRow, List<Integer>> reasons = new LinkedHashMap<>();
    refused.forEach(
        row -> reasons.computeIfAbsent(row.at(0), any -> new ArrayList<>()).add(row.row()));
    List<Refused> shared = new ArrayList<>(reasons.size());
    reasons.forEach((reason, rows) ->
        shared.add(
            new Refused(
                reason.field(), reason.code(), reason.reason(), reason.remedy(), RowSet.of(rows))));
    return new BatchReceipt(
        stored.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, rows -> RowSet.of(rows.getValue()))),
        shared);
  }

  /** The refused rows, in their order. */
  public List<RefusedRow> refusedRows() {
    List<RefusedRow> rows = new ArrayList<>();
    for (Refused reason : refused) {
      for (int row : reason.rows().rows()) {
        rows.add(
            new RefusedRow(row, reason.field(), reason.code(), reason.reason(), reason.remedy()));
      }
    }
    rows.sort(RefusedRow.BY_ROW);
    return rows;
  }

  /** How many rows were stored. */
  public int storedCount() {
    return stored.values().stream().mapToInt(RowSet::size).sum();
  }

  /** How many rows were refused. */
  public int refusedCount() {
    return refused.stream().mapToInt(reason -> reason.rows().size()).sum();
  }
}
