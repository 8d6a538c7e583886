package dev.beckon.batch;

import dev.beckon.telemetry.Tag;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The invitations of one request. Immutable; changes are conditional writes of {@link BatchStore}.
 *
 * @param who handed it in, as events name them
 * @param acceptedAt when the request was first taken; the same in every run of it
 * @param sendAt when its invitations go out at the earliest; null: as soon as the dispatch's policy
 *     lets them
 * @param rows of the request, refused ones included
 * @param fingerprint keyed hash of the request's body: what was asked for under its key
 * @param until when the hold of the request that works on it ends by itself
 * @param receipt what became of the rows; null until all of them are stored or refused
 */
public record Batch(
    String id,
    String account,
    String dispatch,
    String who,
    Instant acceptedAt,
    @Nullable Instant sendAt,
    int rows,
    String fingerprint,
    Instant until,
    @Nullable BatchReceipt receipt) {

  /** The same with its receipt. */
  public Batch done(BatchReceipt with) {
    return new Batch(
        id, account, dispatch, who, acceptedAt, sendAt, rows, fingerprint, until, with);
  }

  /** The same in the hands of another request. */
  public Batch heldUntil(Instant then) {
    return new Batch(
        id, account, dispatch, who, acceptedAt, sendAt, rows, fingerprint, then, receipt);
  }

  /** What log lines, spans and figures say of it. */
  Map<Tag, String> tags() {
    Map<Tag, String> about = new EnumMap<>(Tag.class);
    about.put(Tag.ACCOUNT, account);
    about.put(Tag.DISPATCH, dispatch);
    about.put(Tag.BATCH, id);
    return about;
  }
}
