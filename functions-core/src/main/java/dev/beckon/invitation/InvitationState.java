package dev.beckon.invitation;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The life cycle of an invitation, with its whole transition table (DESIGN §4). Stores build the
 * condition of every state-changing write from {@link #from}; no other place knows which state may
 * follow which.
 */
public enum InvitationState {
  /** Stored, not claimed yet. */
  ACCEPTED,
  /** Claimed by one worker under one send id; a request may be under way. */
  SENDING,
  /** Nothing was accepted; goes out again not before a time. */
  RETRY,
  /** The vendor accepted it. It says nothing about delivery. */
  SENT,
  /** The vendor says the recipient's side took it. */
  DELIVERED,
  /** The vendor says the recipient's side refused it. */
  BOUNCED,
  /** The recipient complained to their provider. */
  COMPLAINED,
  /** Refused for good: recipient, content or our configuration. */
  FAILED,
  /** Attempts exhausted, or a row that keeps killing its worker. */
  DEAD,
  /** A request was written and no answer came; held until evidence or a person decides. */
  IN_DOUBT,
  /** Its time had passed when it was about to be claimed. */
  EXPIRED,
  /** The recipient must not be contacted. */
  SUPPRESSED,
  /** Taken back before it was sent, or never completely stored. */
  CANCELLED,
  /** The recipient was asked too recently. */
  TOO_SOON,
  /** The recipient is in the same batch already. */
  DUPLICATE,
  /** Left out by the dispatch's sampling. */
  SAMPLED_OUT;

  /** Why a state changes; with the new state it decides from which states the change is allowed. */
  public enum Cause {
    /** Contact fatigue found at intake that this row loses. */
    INTAKE,
    /** Found at claim time that the row must not or cannot go out. */
    DROP,
    /** A worker takes the row for one send. */
    CLAIM,
    /** The worker writes the outcome of its own send; also conditional on the send id. */
    SETTLE,
    /** As SETTLE, where the account allows a resend: its SENT also lands on a row in RETRY. */
    SETTLE_RESENDABLE,
    /** A claim outlived its worker. */
    SWEEP,
    /** Authenticated evidence of the vendor. */
    EVIDENCE,
    /** A redrive parcel reopens the row; also conditional on the parcel's number. */
    REDRIVE
  }

  private static final Map<Cause, Map<InvitationState, Set<InvitationState>>> TABLE = table();

  /** Whether it is for good: only evidence and a redrive parcel leave it. */
  public boolean isFinal() {
    return this != ACCEPTED && this != SENDING && this != RETRY;
  }

  /** The states that are for good. */
  public static Set<InvitationState> finals() {
    return Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.copyOf(unfinished())));
  }

  /** The states that are not. */
  public static Set<InvitationState> unfinished() {
    return Collections.unmodifiableSet(EnumSet.of(ACCEPTED, SENDING, RETRY));
  }

  /** Whether the recipient was certainly not asked: such a holder gives its contact up. */
  public boolean isFinalNotSent() {
    return switch (this) {
      case FAILED, DEAD, EXPIRED, SUPPRESSED, CANCELLED, TOO_SOON, DUPLICATE, SAMPLED_OUT -> true;
      case ACCEPTED, SENDING, RETRY, SENT, DELIVERED, BOUNCED, COMPLAINED, IN_DOUBT -> false;
    };
  }

  /** The states that may become this one for a cause; empty when none may. */
  public Set<InvitationState> from(Cause cause) {
    return TABLE.getOrDefault(cause, Map.of()).getOrDefault(this, Set.of());
  }

  private static Map<Cause, Map<InvitationState, Set<InvitationState>>> table() {
    Map<Cause, Map<InvitationState, Set<InvitationState>>> table = new EnumMap<>(Cause.class);
    Set<InvitationState> open = EnumSet.of(ACCEPTED, RETRY);
    Set<InvitationState> sent = EnumSet.of(SENDING, IN_DOUBT);
    allow(table, Cause.INTAKE, EnumSet.of(ACCEPTED), TOO_SOON, DUPLICATE);
    // IN_DOUBT where an earlier request may have been accepted: "not sent" would not be true
    allow(table, Cause.DROP, open, IN_DOUBT);
    allow(table, Cause.DROP, open, EXPIRED, SUPPRESSED, CANCELLED, FAILED, DEAD);
    allow(table, Cause.DROP, open, TOO_SOON, DUPLICATE);
    allow(table, Cause.CLAIM, open, SENDING);
    allow(table, Cause.SETTLE, sent, SENT, FAILED);
    allow(table, Cause.SETTLE, EnumSet.of(SENDING), RETRY, DEAD, IN_DOUBT);
    allow(table, Cause.SETTLE_RESENDABLE, EnumSet.of(SENDING, IN_DOUBT, RETRY), SENT);
    allow(table, Cause.SETTLE_RESENDABLE, sent, FAILED);
    allow(table, Cause.SETTLE_RESENDABLE, EnumSet.of(SENDING), RETRY, DEAD, IN_DOUBT);
    allow(table, Cause.SWEEP, EnumSet.of(SENDING), IN_DOUBT, RETRY);
    allow(table, Cause.REDRIVE, EnumSet.of(FAILED, DEAD, IN_DOUBT, EXPIRED, CANCELLED), ACCEPTED);
    allow(table, Cause.REDRIVE, EnumSet.of(IN_DOUBT), RETRY);

    // Evidence wins over whatever we believed: a row may have been taken back, expired or
    // suppressed
    // after a send whose answer was lost. It never lowers rank.
    Set<InvitationState> beaten =
        EnumSet.complementOf(EnumSet.of(SENT, DELIVERED, BOUNCED, COMPLAINED));
    InvitationState[] ranks = {SENT, DELIVERED, BOUNCED, COMPLAINED};
    for (InvitationState rank : ranks) {
      allow(table, Cause.EVIDENCE, beaten, rank);
      beaten.add(rank);
    }
    return table;
  }

  private static void allow(
      Map<Cause, Map<InvitationState, Set<InvitationState>>> table,
      Cause cause,
      Set<InvitationState> from,
      InvitationState... to) {
    for (InvitationState state : to) {
      table
          .computeIfAbsent(cause, any -> new EnumMap<>(InvitationState.class))
          .put(state, Collections.unmodifiableSet(EnumSet.copyOf(from)));
    }
  }
}
