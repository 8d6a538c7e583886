package dev.beckon.operations;

import dev.beckon.invitation.InvitationState;
import java.util.Map;

/**
 * What a redrive comes to. Lists hold at most a thousand names, the rest is summed up under {@link
 * #OTHERS}.
 *
 * @param number of the redrive, as journals and parcels name it; 0 when nothing was filed
 * @param rows how many invitations go out again
 * @param parcels in how many parcels
 * @param pastExpiry how many more would fit, but are past their expiry and left out
 * @param reasons last notes, with what differs from row to row blotted out
 */
public record RedrivePlan(
    long number,
    long rows,
    long parcels,
    long pastExpiry,
    Map<InvitationState, Long> states,
    Map<String, Long> dispatches,
    Map<String, Long> batches,
    Map<String, Long> reasons) {

  /** The name that stands for all that are not listed. */
  public static final String OTHERS = "(others)";
}
