package dev.beckon.batch;

import dev.beckon.access.Caller;
import dev.beckon.intake.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a caller hands in together.
 *
 * @param key the caller's name for this request, by which a repeat is known; without one every
 *     request is a new batch
 * @param body as it was sent: repeats have to have the same
 * @param sendAt when the invitations go out at the earliest; null: as soon as they may
 * @param delay the same, counted from when the request is taken; null unless given
 * @param rows those that could be read; a row's number is its position in the request
 * @param unreadable those that could not
 */
public record BatchRequest(
    Caller caller,
    String dispatch,
    Optional<String> key,
    String body,
    @Nullable Instant sendAt,
    @Nullable Duration delay,
    List<Row> rows,
    List<RefusedRow> unreadable) {
  public BatchRequest {
    rows = List.copyOf(rows);
    unreadable = List.copyOf(unreadable);
  }

  /** How many rows it has. */
  int size() {
    return rows.size() + unreadable.size();
  }

  /** Names the dispatch alone: all else may hold an address. */
  @Override
  public String toString() {
    return "BatchRequest[" + dispatch + ", " + size() + " rows]";
  }
}
