package dev.beckon.intake;

import dev.beckon.account.Account;
import dev.beckon.account.Dispatch;
import dev.beckon.parcel.Lane;
import java.time.Instant;
import java.util.List;

/**
 * Rows to be accepted together. The same request run again gives the same invitations.
 *
 * @param batch id of the batch they belong to
 * @param part names this part of the batch; its parcels are named after it
 * @param acceptedAt the same in every run
 * @param rows at most {@link Intake#MOST_ROWS}, with distinct numbers
 */
public record IntakeRequest(
    Account account,
    Dispatch dispatch,
    String batch,
    String part,
    Lane lane,
    Instant acceptedAt,
    List<Row> rows) {
  public IntakeRequest {
    rows = List.copyOf(rows);
    if (rows.size() > Intake.MOST_ROWS) {
      throw new IllegalArgumentException(
          rows.size() + " rows in one intake; the most is " + Intake.MOST_ROWS);
    }
  }
}
