package dev.beckon.parcel;

import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore.Reopening;
import dev.beckon.invitation.InvitationStore.Standing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stored range of up to 2,000 invitations of one batch with a due time: outbox, timer and unit of
 * work at once. Immutable; changes are conditional writes of {@link ParcelStore}.
 *
 * @param due when it is to be worked on next
 * @param redrive what it reopens first; null for the parcel of an intake
 * @param suspect whether it holds one row that may have killed its worker
 */
public record Parcel(
    String id,
    String account,
    String dispatch,
    String batch,
    Lane lane,
    RowSet rows,
    State state,
    Instant createdAt,
    Instant due,
    @Nullable Redrive redrive,
    boolean suspect) {

  /** The most invitations in one parcel. */
  public static final int MOST_ROWS = 2_000;

  /** The life of a parcel. */
  public enum State {
    /** Its rows are being stored. */
    FILLING,
    /** All its rows are stored; to be dispatched when due. */
    READY,
    /** Every row is final. */
    DONE,
    /** Replaced by its halves, because it kept crashing its worker. */
    SPLIT
  }

  /**
   * What a redrive parcel reopens before it dispatches.
   *
   * @param number rises with every redrive; a row is reopened once per number
   * @param from the states it reopens
   * @param send when not null, only the row of that send: a refusal that came after the row was
   *     given up as in doubt
   * @param expires when not null, its rows may go out at least until then
   */
  public record Redrive(
      long number, Set<InvitationState> from, @Nullable String send, @Nullable Instant expires) {
    public Redrive {
      from = Set.copyOf(from);
    }

    /** As the store is asked for it. */
    public Reopening reopening() {
      return new Reopening(from, number, send, expires);
    }

    /** Whether it has still to reopen a row that stands so. */
    private boolean reopens(Standing row) {
      InvitationState to = send == null ? InvitationState.ACCEPTED : InvitationState.RETRY;
      return from.contains(row.state())
          && to.from(Cause.REDRIVE).contains(row.state())
          && row.redriven() < number
          && (send == null || send.equals(row.send()));
    }
  }

  /** The same parcel under a name that says which rows it holds. */
  public Parcel namedByRows() {
    UUID rowsName = UUID.nameUUIDFromBytes(rows.toString().getBytes(StandardCharsets.UTF_8));
    return new Parcel(
        id + "." + rowsName,
        account,
        dispatch,
        batch,
        lane,
        rows,
        state,
        createdAt,
        due,
        redrive,
        suspect);
  }

  /** The same parcel with nothing to reopen. */
  public Parcel withoutRedrive() {
    return new Parcel(
        id, account, dispatch, batch, lane, rows, state, createdAt, due, null, suspect);
  }

  /** The dispatch it belongs to. */
  public ParcelStore.Owner owner() {
    return new ParcelStore.Owner(account, dispatch);
  }

  /** The ids of its invitations, in row order. */
  public List<String> ids() {
    return rows.ids(batch);
  }

  /** Whether a row that stands so needs nothing more of this parcel. */
  public boolean finished(Standing row) {
    return row.state().isFinal() && (redrive == null || !redrive.reopens(row));
  }
}
