package dev.beckon.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.account.Policy;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore.Claim;
import dev.beckon.invitation.InvitationStore.Claimed;
import dev.beckon.invitation.InvitationStore.Settlement;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.VendorTraits;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomesTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final int MOST = 3;

  private final Outcomes outcomes = new Outcomes(new RetryPolicy(new SplittableRandom(7)));

  /** Columns: first and middle attempt under hold, last under hold; the same under resend. */
  @ParameterizedTest
  @CsvSource({
    "ACCEPTED,          SENT,     SENT,     SENT,   SENT",
    "BAD_RECIPIENT,     FAILED,   FAILED,   FAILED, FAILED",
    "BAD_CONTENT,       FAILED,   FAILED,   FAILED, FAILED",
    "BAD_CONFIGURATION, FAILED,   FAILED,   FAILED, FAILED",
    "THROTTLED,         RETRY,    RETRY,    RETRY,  RETRY",
    "UNAVAILABLE,       RETRY,    DEAD,     RETRY,  DEAD",
    "NOT_STARTED,       RETRY,    RETRY,    RETRY,  RETRY",
    "NO_REPLY,          IN_DOUBT, IN_DOUBT, RETRY,  IN_DOUBT",
    "UNCLEAR_REPLY,     IN_DOUBT, IN_DOUBT, RETRY,  IN_DOUBT",
  })
  void settlement_codePolicyAttempts_givesState(
      SendCode code,
      InvitationState hold,
      InvitationState holdAtLast,
      InvitationState resend,
      InvitationState resendAtLast) {
    for (int attempts = 1; attempts <= MOST + 1; attempts++) {
      boolean last = attempts >= MOST;
      Settlement held = settle(code, attempts, Policy.InDoubt.HOLD, VendorTraits.none(), NOW);
      Settlement resent = settle(code, attempts, Policy.InDoubt.RESEND, VendorTraits.none(), NOW);
      assertThat(held.to()).isEqualTo(last ? holdAtLast : hold);
      assertThat(resent.to()).isEqualTo(last ? resendAtLast : resend);
      assertThat(held.cause()).isEqualTo(Cause.SETTLE);
      assertThat(resent.cause()).isEqualTo(Cause.SETTLE_RESENDABLE);
      assertThat(held.returnAttempt())
          .isEqualTo(code == SendCode.THROTTLED || code == SendCode.NOT_STARTED);
      assertThat(held.notBefore() != null).isEqualTo(held.to() == InvitationState.RETRY);
      assertThat(held.entry().vendor()).isEqualTo("mail");
    }
  }

  @ParameterizedTest
  @CsvSource({"59, RETRY", "60, IN_DOUBT", "61, IN_DOUBT"})
  void settlement_vendorDeduplicates_resendsOnlyInsideItsWindow(
      int minutesSinceFirst, InvitationState to) {
    VendorTraits traits =
        new VendorTraits(Duration.ofHours(1), URI.create("https://vendor.example/dedup"));
    Instant first = NOW.minus(Duration.ofMinutes(minutesSinceFirst));
    assertThat(settle(SendCode.NO_REPLY, 1, Policy.InDoubt.HOLD, traits, first).to()).isEqualTo(to);
  }

  @Test
  void settlement_failure_waitsLongerEachTimeAndNeverOverTheCap() {
    for (int attempts = 1; attempts < 50; attempts++) {
      Duration ceiling = Duration.ofMillis(Math.min(900_000L, 1_000L << Math.min(attempts, 20)));
      for (int i = 0; i < 20; i++) {
        assertThat(pause(SendResult.of(SendCode.UNAVAILABLE, ""), attempts))
            .isBetween(Duration.ofMillis(1), ceiling);
      }
    }
  }

  @Test
  void settlement_retryAfter_isHonouredWhenLonger() {
    SendResult throttled = SendResult.of(SendCode.THROTTLED, "");
    assertThat(pause(throttled, 1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
    assertThat(pause(throttled.retryAfter(Duration.ofSeconds(90)), 1))
        .isEqualTo(Duration.ofSeconds(90));
    assertThat(pause(throttled.retryAfter(Duration.ZERO), 1))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(pause(SendResult.of(SendCode.NOT_STARTED, ""), 1)).isZero();
  }

  @Test
  void settlement_note_isCodeReasonAndVendorsId() {
    Settlement settlement =
        outcomes.settlement(
            new Claimed("b-1", 1, NOW, false, null),
            "s",
            "mail",
            new SendResult(SendCode.BAD_RECIPIENT, "550 no ada@example.org here", "m7", null),
            policy(Policy.InDoubt.HOLD),
            VendorTraits.none(),
            NOW);
    assertThat(settlement.entry().note()).isEqualTo("bad-recipient: 550 no *** here [m7]");
  }

  @ParameterizedTest
  @CsvSource({
    "ACCEPTED, 2, SENT", "BAD_RECIPIENT, 2, IN_DOUBT", "BAD_CONFIGURATION, 2, IN_DOUBT",
    "UNAVAILABLE, 2, RETRY", "UNAVAILABLE, 10, IN_DOUBT", "NO_REPLY, 10, IN_DOUBT"
  })
  void settlement_earlierRequestMayHaveBeenAccepted_neverSaysNotSent(
      SendCode code, int attempts, InvitationState to) {
    Settlement settlement =
        outcomes.settlement(
            new Claimed("b-1", attempts, NOW, true, "mail"),
            "s",
            "mail",
            SendResult.of(code, ""),
            policy(Policy.InDoubt.RESEND),
            VendorTraits.none(),
            NOW);
    assertThat(settlement.to()).isEqualTo(to);
  }

  @ParameterizedTest
  @CsvSource({
    // doubtful at, minutes since the first send, policy, whether it must not go out again
    "mail, 5, HOLD,   false",
    "mail, 9, HOLD,   true",
    "mail, 9, RESEND, false",
    "    , 9, HOLD,   false",
    "mail, 0, HOLD,   false",
    "*,    0, HOLD,   true",
    "*,    0, RESEND, false",
  })
  void tooLateToRepeat_vendorForgetsBeforeTheClaimEnds_isHeld(
      @Nullable String doubtAt, int minutes, Policy.InDoubt inDoubt, boolean tooLate) {
    VendorTraits tenMinutes =
        new VendorTraits(Duration.ofMinutes(10), URI.create("https://vendor.example/dedup"));
    Claim claim = new Claim("s", NOW, NOW.plus(Duration.ofMinutes(3)), "mail", Channel.EMAIL, 0);
    Claimed claimed = new Claimed("b-1", 2, NOW.minus(Duration.ofMinutes(minutes)), true, doubtAt);

    assertThat(Outcomes.tooLateToRepeat(claimed, policy(inDoubt), tenMinutes, claim))
        .isEqualTo(tooLate);
  }

  private Duration pause(SendResult result, int attempts) {
    Settlement settlement =
        outcomes.settlement(
            new Claimed("b-1", attempts, NOW, false, null),
            "s",
            "mail",
            result,
            new Policy(
                Duration.ZERO, Duration.ZERO, Duration.ofDays(7), 50, 1, Policy.InDoubt.HOLD, null),
            VendorTraits.none(),
            NOW);
    return Duration.between(NOW, settlement.notBefore());
  }

  private Settlement settle(
      SendCode code, int attempts, Policy.InDoubt inDoubt, VendorTraits traits, Instant first) {
    return outcomes.settlement(
        new Claimed("b-1", attempts, first, false, null),
        "s",
        "mail",
        SendResult.of(code, ""),
        policy(inDoubt),
        traits,
        NOW);
  }

  private static Policy policy(Policy.InDoubt inDoubt) {
    return new Policy(Duration.ZERO, Duration.ZERO, Duration.ofDays(7), MOST, 1, inDoubt, null);
  }
}
