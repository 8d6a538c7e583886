package dev.beckon.intake;

import dev.beckon.account.Account;
import dev.beckon.account.Dispatch;
import dev.beckon.account.Policy;
import dev.beckon.parcel.Lane;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows to be accepted together. The same request run again gives the same invitations.
 *
 * @param batch id of the batch they belong to
 * @param part names this part of the batch; its parcels are named after it
 * @param acceptedAt the same in every run
 * @param sendAt when the invitations are to go out at the earliest, the same in every run; null: as
 *     soon as the dispatch's policy lets them
 * @param rows at most {@link Intake#MOST_ROWS}, with distinct numbers
 */
public record IntakeRequest(
    Account account,
    Dispatch dispatch,
    String batch,
    String part,
    Lane lane,
    Instant acceptedAt,
    @Nullable Instant sendAt,
    List<Row> rows) {
  public IntakeRequest {
    rows = List.copyOf(rows);
    if (rows.size() > Intake.MOST_ROWS) {
      throw new IllegalArgumentException(
          rows.size() + " rows in one intake; the most is " + Intake.MOST_ROWS);
    }
    if (sendAt != null && sendAt.isAfter(acceptedAt.plus(Policy.FARTHEST_AHEAD))) {
      throw new IllegalArgumentException(
          "sendAt "
              + sendAt
              + " is more than "
              + Policy.FARTHEST_AHEAD.toDays()
              + " days ahead: choose an earlier time, or hand the rows in later");
    }
  }

  /** A request whose invitations go out as soon as the dispatch's policy lets them. */
  public IntakeRequest(
      Account account,
      Dispatch dispatch,
      String batch,
      String part,
      Lane lane,
      Instant acceptedAt,
      List<Row> rows) {
    this(account, dispatch, batch, part, lane, acceptedAt, null, rows);
  }

  /** The earliest moment of the first attempt. */
  Instant notBefore() {
    Instant delayed = acceptedAt.plus(dispatch.policy().delay());
    return sendAt == null || sendAt.isBefore(delayed) ? delayed : sendAt;
  }
}
