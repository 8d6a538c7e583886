package dev.beckon.operations;

import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.JournalEntry;
import java.time.Instant;

/** States and journal entries in words for a person. */
public final class Words {
  private Words() {}

  /** What a state means, in one sentence. */
  public static String meaning(InvitationState state) {
    return switch (state) {
      case ACCEPTED -> "It is stored and waits to be sent.";
      case SENDING -> "A worker has it; a request to the vendor may be under way.";
      case RETRY -> "The vendor did not take it; it goes out again.";
      case SENT -> "The vendor accepted it; that says nothing about delivery.";
      case DELIVERED -> "The vendor says that the recipient's side took it.";
      case BOUNCED -> "The vendor says that the recipient's side refused it.";
      case COMPLAINED -> "The recipient complained to their provider.";
      case FAILED -> "It was refused for good: recipient, content or our configuration.";
      case DEAD -> "Its attempts are used up, or it kept killing its worker.";
      case IN_DOUBT -> "A request may have been written and no clear answer came.";
      case EXPIRED -> "Its time had passed when it was about to be sent.";
      case SUPPRESSED -> "The recipient must not be contacted.";
      case CANCELLED -> "It was taken back before it was sent, or never completely stored.";
      case TOO_SOON -> "The recipient was asked too recently.";
      case DUPLICATE -> "The same recipient is in the batch already.";
      case SAMPLED_OUT -> "Sampling left it out.";
    };
  }

  /** What happens next by itself, or what a person can do. */
  public static String next(Invitation invitation, Instant now, Means means) {
    return switch (invitation.state()) {
      case ACCEPTED, RETRY ->
          now.isBefore(invitation.expires())
              ? "It is tried "
                  + (invitation.notBefore().isAfter(now)
                      ? "from " + invitation.notBefore() + " on"
                      : "when its parcel is worked on")
                  + ", at the latest until "
                  + invitation.expires()
                  + "."
              : "Its time is over: it becomes EXPIRED when its parcel is worked on.";
      case SENDING -> "Its worker notes the outcome, or the timer does when the worker is gone.";
      case SENT, DELIVERED, BOUNCED, COMPLAINED ->
          "Nothing; only evidence of the vendor changes it.";
      case FAILED, DEAD -> "Nothing by itself. When the cause is mended: " + means.redrive() + ".";
      case EXPIRED -> "Nothing by itself. To send it all the same: " + means.redriveExpired() + ".";
      case IN_DOUBT ->
          "It is held. Ask the vendor; only when it was not sent: "
              + means.redrive(invitation.state())
              + ".";
      case CANCELLED ->
          "Nothing by itself. " + means.redrive(invitation.state()) + " would send it.";
      case SUPPRESSED, TOO_SOON, DUPLICATE, SAMPLED_OUT -> "Nothing.";
    };
  }

  /** What an entry tells, in words also where it has no note. */
  public static String entry(JournalEntry entry) {
    if (!entry.note().isEmpty()) {
      return entry.note();
    }
    return switch (entry.state()) {
      case ACCEPTED -> "accepted";
      case SENDING -> "claimed by a worker to be sent";
      default -> meaning(entry.state());
    };
  }
}
