package dev.beckon.feedback;

import dev.beckon.intake.SuppressedRecipients;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationStore;
import java.time.Clock;
import java.util.Optional;

/**
 * A recipient's wish not to be asked again, made known by the token of an invitation. Thread-safe.
 */
public final class Unsubscribe {
  private final InvitationStore invitations;
  private final SuppressedRecipients suppressed;
  private final Clock clock;

  public Unsubscribe(InvitationStore invitations, SuppressedRecipients suppressed, Clock clock) {
    this.invitations = invitations;
    this.suppressed = suppressed;
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
    invitation.ifPresent(row -> suppressed.add(row, "unsubscribed", clock.instant()));
    return invitation.isPresent();
  }
}
