package dev.beckon.operations;

import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.Search;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which invitations are to go out again.
 *
 * @param search its states are those that are left; FAILED, DEAD and EXPIRED where it names none
 * @param expires how long from now they may go out; null to leave their expiry as it is
 */
public record RedriveOrder(Search search, @Nullable Duration expires) {

  /** What is redriven when nobody says otherwise: certainly not asked, and nobody took it back. */
  public static final Set<InvitationState> USUAL =
      Set.of(InvitationState.FAILED, InvitationState.DEAD, InvitationState.EXPIRED);

  /** Everything that may be redriven. */
  public static final Set<InvitationState> POSSIBLE = InvitationState.ACCEPTED.from(Cause.REDRIVE);

  /**
   * @throws IllegalArgumentException naming the states that cannot be redriven
   */
  public RedriveOrder {
    if (expires != null && (expires.isNegative() || expires.isZero())) {
      throw new IllegalArgumentException("the new expiry must lie in the future");
    }
    if (search.states().isEmpty()) {
      search = search.in(USUAL);
    }
    if (!POSSIBLE.containsAll(search.states())) {
      Set<InvitationState> wrong = EnumSet.copyOf(search.states());
      wrong.removeAll(POSSIBLE);
      throw new IllegalArgumentException(
          names(wrong) + " cannot be redriven; what can is " + names(POSSIBLE));
    }
  }

  /** Whether somebody may be asked twice by it. */
  public boolean mayAskTwice() {
    return search.states().contains(InvitationState.IN_DOUBT);
  }

  private static String names(Set<InvitationState> states) {
    return EnumSet.copyOf(states).stream().map(Enum::name).collect(Collectors.joining(", "));
  }
}
