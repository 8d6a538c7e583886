package dev.beckon.operations;

import dev.beckon.invitation.InvitationState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a redrive comes to. Lists hold at most a thousand names, the rest is summed up under {@link
 * #OTHERS}.
 *
 * @param number of the redrive, as journals and parcels name it; 0 when nothing was filed
 * @param rows how many invitations go out again
 * @param parcels in how many parcels
 * @param pastExpiry how many more would fit, but are past their expiry and left out
 * @param reasons last notes, with what differs from row to row blotted out
 * @param next the invitation behind which the rest begins; null when nothing is left to look at
 */
public record RedrivePlan(
    long number,
    long rows,
    long parcels,
    long pastExpiry,
    Map<InvitationState, Long> states,
    Map<String, Long> dispatches,
    Map<String, Long> batches,
    Map<String, Long> reasons,
    @Nullable String next) {

  /** How many invitations were looked at. */
  public long looked() {
    return rows + pastExpiry;
  }

  /** The name that stands for all that are not listed. */
  public static final String OTHERS = "(others)";
}
