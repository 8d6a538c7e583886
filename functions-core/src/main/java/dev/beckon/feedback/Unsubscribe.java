package dev.beckon.feedback;

import dev.beckon.intake.Suppressions;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationStore;
import java.time.Clock;
import java.util.Optional;

/**
 * A recipient's wish not to be asked again, made known by the token of an invitation. Thread-safe.
 */
public final class Unsubscribe {
  private final InvitationStore invitations;
  private final Suppressions suppressions;
  private final Clock clock;

  public Unsubscribe(InvitationStore invitations, Suppressions suppressions, Clock clock) {
    this.invitations = invitations;
    this.suppressions = suppressions;
    this.clock = clock;
  }

  /** Whether a token belongs to an invitation. */
  public boolean knows(String token) {
    return invitations.byToken(token).isPresent();
  }

  /**
   * Suppresses the recipient of a token; a repeat changes nothing.
   *
   * @return false when no invitation has the token
   */
  public boolean unsubscribe(String token) {
    Optional<Invitation> invitation = invitations.byToken(token);
    invitation.ifPresent(
        row -> suppressions.add(row.account(), row.hash(), "unsubscribed", clock.instant()));
    return invitation.isPresent();
  }
}
