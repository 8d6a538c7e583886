package dev.beckon.intake;

import dev.beckon.invitation.InvitationState;
import java.util.List;
import java.util.Map;

/**
 * What became of the rows of one intake; the stored part is read back from the store. Refused rows
 * and stored ones add up to the rows given.
 *
 * @param stored ACCEPTED, TOO_SOON, DUPLICATE, SUPPRESSED, SAMPLED_OUT and CANCELLED → rows; a row
 *     that was dispatched meanwhile still counts as ACCEPTED
 */
public record Receipt(int rows, List<Refusal> refused, Map<InvitationState, Integer> stored) {
  public Receipt {
    refused = List.copyOf(refused);
    stored = Map.copyOf(stored);
  }

  /** How a row that stands so now counts in a receipt. */
  public static InvitationState atIntake(InvitationState state) {
    return switch (state) {
      case TOO_SOON, DUPLICATE, SUPPRESSED, SAMPLED_OUT, CANCELLED -> state;
      case ACCEPTED,
          SENDING,
          RETRY,
          SENT,
          DELIVERED,
          BOUNCED,
          COMPLAINED,
          FAILED,
          DEAD,
          IN_DOUBT,
          EXPIRED ->
          InvitationState.ACCEPTED;
    };
  }
}
