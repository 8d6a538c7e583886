package dev.beckon.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.account.Policy;
import dev.beckon.batch.RefusedRow;
import dev.beckon.intake.Intake;
import dev.beckon.intake.Row;
import dev.beckon.web.Problem.Fault;
import dev.beckon.web.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that hands in invitations. What concerns all of it is a problem; a row that
 * cannot be read is refused by itself.
 *
 * @param references what the caller calls each row, in their order; null where they gave no name or
 *     one that cannot be shown
 */
record BatchBody(
    List<Row> rows,
    List<RefusedRow> unreadable,
    List<@Nullable String> references,
    @Nullable Instant sendAt,
    @Nullable Duration delay) {

  private static final Set<String> KEYS = Set.of("invitations", "sendAt", "delay");

  /**
   * Reads it.
   *
   * @throws ProblemException when the whole request cannot be taken
   */
  static BatchBody read(JsonNode root, Instant now) throws ProblemException {
    List<Fault> faults = new ArrayList<>();
    if (!root.isObject()) {
      throw Problems.invalid(
          "the document", "is no object", "send {\"invitations\": [{\"recipients\": …}]}");
    }
    root.fieldNames()
        .forEachRemaining(key -> {
          if (!KEYS.contains(key) && faults.isEmpty()) {
            faults.add(
                new Fault(
                    "the document",
                    "has a key that is not known",
                    "use only invitations, and sendAt or delay"));
          }
        });
    Instant sendAt = sendAt(root.path("sendAt"), now, faults);
    Duration delay = delay(root.path("delay"), faults);
    if (sendAt != null && delay != null) {
      faults.add(new Fault("delay", "stands beside sendAt", "leave one of both out"));
    }
    JsonNode list = root.path("invitations");
    if (!list.isArray() || list.isEmpty() || list.size() > Intake.MOST_ROWS) {
      faults.add(
          new Fault(
              "invitations",
              "is no list of 1 to " + Intake.MOST_ROWS + " invitations",
              list.isArray() && !list.isEmpty()
                  ? "hand them in with several requests"
                  : "list at least one"));
    }
    if (!faults.isEmpty()) {
      throw Problems.invalid(faults);
    }
    List<Row> rows = new ArrayList<>(list.size());
    List<RefusedRow> unreadable = new ArrayList<>();
    List<@Nullable String> references = new ArrayList<>(list.size());
    for (int row = 0; row < list.size(); row++) {
      BatchRow read = BatchRow.read(row, list.get(row));
      references.add(read.reference());
      switch (read.outcome()) {
        case BatchRow.Outcome.Read(Row sound) -> rows.add(sound);
        case BatchRow.Outcome.Unreadable(RefusedRow refused) -> unreadable.add(refused);
      }
    }
    return new BatchBody(rows, unreadable, references, sendAt, delay);
  }

  private static @Nullable Instant sendAt(JsonNode node, Instant now, List<Fault> faults) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    try {
      Instant at = OffsetDateTime.parse(node.isTextual() ? node.textValue() : "").toInstant();
      if (!at.isAfter(now.plus(Policy.FARTHEST_AHEAD))) {
        return at;
      }
      faults.add(
          new Fault(
              "sendAt",
              "is more than " + Policy.FARTHEST_AHEAD.toDays() + " days ahead",
              "choose an earlier time, or hand the rows in later"));
    } catch (DateTimeException e) {
      faults.add(
          new Fault("sendAt", "is no time", "write it as 2026-12-24T08:00:00Z, or leave it out"));
    }
    return null;
  }

  private static @Nullable Duration delay(JsonNode node, List<Fault> faults) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    try {
      Duration delay = Duration.parse(node.isTextual() ? node.textValue() : "");
      if (!delay.isNegative() && delay.compareTo(Policy.FARTHEST_AHEAD) <= 0) {
        return delay;
      }
      faults.add(
          new Fault(
              "delay",
              "is negative, or more than " + Policy.FARTHEST_AHEAD.toDays() + " days",
              "choose another, or hand the rows in later"));
    } catch (DateTimeException e) {
      faults.add(new Fault("delay", "is no duration", "write it as PT10M, PT2H or P7D"));
    }
    return null;
  }
}
