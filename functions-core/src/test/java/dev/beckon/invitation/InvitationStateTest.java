package dev.beckon.invitation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.invitation.InvitationState.Cause;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The transition table, written down a second time from DESIGN §4 and §5. */
class InvitationStateTest {
  /** {@code cause: from … -> to …}; whatever is not written here must not happen. */
  private static final String EXPECTED =
      """
      INTAKE:            ACCEPTED -> TOO_SOON DUPLICATE
      DROP:              ACCEPTED RETRY -> EXPIRED SUPPRESSED CANCELLED FAILED DEAD TOO_SOON DUPLICATE IN_DOUBT
      CLAIM:             ACCEPTED RETRY -> SENDING
      SETTLE:            SENDING -> SENT FAILED RETRY DEAD IN_DOUBT
      SETTLE:            IN_DOUBT -> SENT FAILED
      SETTLE_RESENDABLE: SENDING -> SENT FAILED RETRY DEAD IN_DOUBT
      SETTLE_RESENDABLE: IN_DOUBT -> SENT FAILED
      SETTLE_RESENDABLE: RETRY -> SENT
      SWEEP:             SENDING -> IN_DOUBT RETRY
      EVIDENCE:          ACCEPTED SENDING RETRY FAILED DEAD IN_DOUBT EXPIRED SUPPRESSED CANCELLED TOO_SOON DUPLICATE SAMPLED_OUT -> SENT DELIVERED BOUNCED COMPLAINED
      EVIDENCE:          SENT -> DELIVERED BOUNCED COMPLAINED
      EVIDENCE:          DELIVERED -> BOUNCED COMPLAINED
      EVIDENCE:          BOUNCED -> COMPLAINED
      REDRIVE:           FAILED DEAD IN_DOUBT EXPIRED CANCELLED -> ACCEPTED
      REDRIVE:           IN_DOUBT -> RETRY
      """;

  private static Map<Cause, Set<String>> expected() {
    Map<Cause, Set<String>> steps = new TreeMap<>();
    for (Cause cause : Cause.values()) {
      steps.put(cause, new TreeSet<>());
    }
    EXPECTED
        .lines()
        .forEach(line -> {
          String[] parts = line.split(":|->", -1);
          for (String from : parts[1].strip().split(" ", -1)) {
            for (String to : parts[2].strip().split(" ", -1)) {
              steps.get(Cause.valueOf(parts[0])).add(from + " -> " + to);
            }
          }
        });
    return steps;
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void from_everyPairOfStates_isAsDesigned(Cause cause) {
    Set<String> allowed = new TreeSet<>();
    for (InvitationState to : InvitationState.values()) {
      to.from(cause).forEach(from -> allowed.add(from + " -> " + to));
    }

    assertThat(allowed).isEqualTo(expected().get(cause));
  }

  @Test
  void isFinal_everyState_allButThree() {
    assertThat(
            Arrays.stream(InvitationState.values())
                .filter(state -> !state.isFinal())
                .collect(Collectors.toSet()))
        .isEqualTo(
            Set.of(InvitationState.ACCEPTED, InvitationState.SENDING, InvitationState.RETRY));
  }

  @Test
  void isFinalNotSent_everyState_isFinalAndNeverPossiblySent() {
    assertThat(
            Arrays.stream(InvitationState.values())
                .filter(InvitationState::isFinalNotSent)
                .map(Enum::name))
        .containsExactlyInAnyOrder(
            "FAILED",
            "DEAD",
            "EXPIRED",
            "SUPPRESSED",
            "CANCELLED",
            "TOO_SOON",
            "DUPLICATE",
            "SAMPLED_OUT");
  }

  @Test
  void from_finalState_isLeftByEvidenceRedriveAndOwnLateAnswerAlone() {
    for (Cause cause : Cause.values()) {
      for (InvitationState to : InvitationState.values()) {
        for (InvitationState from : to.from(cause)) {
          boolean ownLateAnswer =
              from == InvitationState.IN_DOUBT
                  && (cause == Cause.SETTLE || cause == Cause.SETTLE_RESENDABLE)
                  && to.isFinal();
          assertThat(
                  !from.isFinal()
                      || cause == Cause.EVIDENCE
                      || cause == Cause.REDRIVE
                      || ownLateAnswer)
              .as("%s: %s -> %s", cause, from, to)
              .isTrue();
        }
      }
    }
  }

  @Test
  void from_evidenceInAnyOrder_neverLowersRank() {
    List<InvitationState> ranks =
        List.of(
            InvitationState.SENT,
            InvitationState.DELIVERED,
            InvitationState.BOUNCED,
            InvitationState.COMPLAINED);
    for (Cause cause : Cause.values()) {
      for (InvitationState high : ranks) {
        for (InvitationState to : InvitationState.values()) {
          if (to.from(cause).contains(high)) {
            assertThat(ranks.indexOf(to))
                .as("%s: %s -> %s", cause, high, to)
                .isGreaterThan(ranks.indexOf(high));
          }
        }
      }
    }
  }
}
