package dev.beckon.dispatch;

import dev.beckon.account.Policy;
import dev.beckon.dispatch.Chain.Onward;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore.Claim;
import dev.beckon.invitation.InvitationStore.Claimed;
import dev.beckon.invitation.InvitationStore.Settlement;
import dev.beckon.invitation.JournalEntry;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.VendorTraits;
import dev.beckon.vendor.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns a vendor's answer into the settlement of its row (DESIGN §5, Outcomes). */
final class Outcomes {
  private final RetryPolicy retries;

  Outcomes(RetryPolicy retries) {
    this.retries = retries;
  }

  /**
   * @param send the claim's id
   * @param vendorAccount for the journal
   */
  Settlement settlement(
      Claimed claimed,
      String send,
      String vendorAccount,
      SendResult result,
      Policy policy,
      VendorTraits traits,
      Instant now) {
    return settlement(claimed, send, vendorAccount, result, policy, traits, now, Onward.NONE);
  }

  /**
   * @param send the claim's id
   * @param vendorAccount for the journal
   * @param onward what other vendor accounts are to the row
   */
  Settlement settlement(
      Claimed claimed,
      String send,
      String vendorAccount,
      SendResult result,
      Policy policy,
      VendorTraits traits,
      Instant now,
      Onward onward) {
    if (yields(result.code(), claimed, policy, onward)) {
      String note = note(result) + "; next: " + onward.next();
      JournalEntry entry = new JournalEntry(now, InvitationState.RETRY, vendorAccount, note);
      return new Settlement(
          claimed.id(), send, Cause.SETTLE, InvitationState.RETRY, entry, now, false, false);
    }
    boolean resendable = mayResend(policy, traits, claimed.firstSent(), now);
    boolean mended = result.code() == SendCode.BAD_CONFIGURATION && onward.hope();
    InvitationState to =
        state(mended ? SendCode.UNAVAILABLE : result.code(), claimed, policy, resendable);
    Instant notBefore =
        to == InvitationState.RETRY ? now.plus(pause(result, claimed.attempts())) : null;
    boolean returnAttempt = to == InvitationState.RETRY && result.code().returnsAttempt();
    return new Settlement(
        claimed.id(),
        send,
        resendable ? Cause.SETTLE_RESENDABLE : Cause.SETTLE,
        to,
        new JournalEntry(now, to, vendorAccount, note(result)),
        notBefore,
        returnAttempt,
        to == InvitationState.RETRY && result.code().verdict() == Verdict.ASK_A_HUMAN);
  }

  /** Whether a row goes to the next vendor account of its chain at once. */
  static boolean yields(SendCode code, Claimed claimed, Policy policy, Onward onward) {
    return code.yieldsToNext()
        && onward.next() != null
        && claimed.attempts() < policy.maxAttempts();
  }

  /** What becomes of a claimed row that must not go out under its claim; empty when it may. */
  Optional<Settlement> unfit(Claimed claimed, Claim claim, Policy policy, VendorTraits traits) {
    if (doubtfulElsewhere(claimed, policy, claim)) {
      return Optional.of(putBack(claimed, claim));
    }
    return tooLateToRepeat(claimed, policy, traits, claim)
        ? Optional.of(tooLate(claimed, claim))
        : Optional.empty();
  }

  /** It became doubtful after it was loaded: whoever loads it next keeps to the vendor account. */
  private Settlement putBack(Claimed claimed, Claim claim) {
    return new Settlement(
        claimed.id(),
        claim.send(),
        Cause.SETTLE,
        InvitationState.RETRY,
        new JournalEntry(
            claim.now(),
            InvitationState.RETRY,
            claim.vendor(),
            "an earlier request may have been accepted; next: " + claimed.doubtAt()),
        claim.now(),
        true,
        false);
  }

  private Settlement tooLate(Claimed claimed, Claim claim) {
    return new Settlement(
        claimed.id(),
        claim.send(),
        Cause.SETTLE,
        InvitationState.IN_DOUBT,
        new JournalEntry(
            claim.now(),
            InvitationState.IN_DOUBT,
            claim.vendor(),
            "an earlier request may have been accepted, and the vendor may have forgotten it"),
        null,
        true,
        false);
  }

  private static InvitationState state(
      SendCode code, Claimed claimed, Policy policy, boolean resendable) {
    InvitationState to = state(code, claimed.attempts(), policy, resendable);
    boolean notSent = to == InvitationState.FAILED || to == InvitationState.DEAD;
    // This request was refused, an earlier one perhaps not: "not sent" would not be true.
    return claimed.doubtful() && notSent ? InvitationState.IN_DOUBT : to;
  }

  private static InvitationState state(
      SendCode code, int attempts, Policy policy, boolean resendable) {
    return switch (code.verdict()) {
      case DONE -> InvitationState.SENT;
      case DROP, FIX_CONFIGURATION -> InvitationState.FAILED;
      case RETRY ->
          code.returnsAttempt() || attempts < policy.maxAttempts()
              ? InvitationState.RETRY
              : InvitationState.DEAD;
      case ASK_A_HUMAN ->
          resendable && attempts < policy.maxAttempts()
              ? InvitationState.RETRY
              : InvitationState.IN_DOUBT;
    };
  }

  private Duration pause(SendResult result, int attempts) {
    Duration ours =
        result.code() == SendCode.THROTTLED
            ? retries.afterThrottling()
            : retries.afterFailure(attempts);
    if (result.code() == SendCode.NOT_STARTED) {
      return Duration.ZERO;
    }
    Duration asked = result.retryAfter();
    return asked == null || asked.compareTo(ours) < 0 ? ours : asked;
  }

  /**
   * Whether another vendor account than the claim's may have accepted an earlier request of the
   * row's episode: this one would not know it again.
   */
  static boolean doubtfulElsewhere(Claimed claimed, Policy policy, Claim claim) {
    String doubtAt = claimed.doubtAt();
    return policy.inDoubt() == Policy.InDoubt.HOLD
        && doubtAt != null
        && !doubtAt.equals(Invitation.ANY_VENDOR)
        && !doubtAt.equals(claim.vendor());
  }

  /**
   * Whether a row must not go out under a claim: an earlier request of its episode may have been
   * accepted, and the vendor might not know it again by the time the claim ends.
   */
  static boolean tooLateToRepeat(Claimed claimed, Policy policy, VendorTraits traits, Claim claim) {
    String doubtAt = claimed.doubtAt();
    if (doubtAt == null || policy.inDoubt() == Policy.InDoubt.RESEND) {
      return false;
    }
    return doubtAt.equals(Invitation.ANY_VENDOR)
        || !mayResend(policy, traits, claimed.firstSent(), claim.until());
  }

  /** Whether the row may be sent again though the vendor may have accepted it. */
  static boolean mayResend(Policy policy, VendorTraits traits, Instant firstSent, Instant now) {
    if (policy.inDoubt() == Policy.InDoubt.RESEND) {
      return true;
    }
    @Nullable Duration window = traits.deduplicatesFor();
    return window != null && now.isBefore(firstSent.plus(window));
  }

  private static String note(SendResult result) {
    String id = result.vendorId();
    String code = result.code().word();
    String text = result.reason().isEmpty() ? code : code + ": " + result.reason();
    return id == null ? text : text + " [" + id + "]";
  }
}
