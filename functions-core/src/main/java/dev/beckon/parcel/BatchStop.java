package dev.beckon.parcel;

import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationState;
import dev.beckon.invitation.InvitationState.Cause;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.JournalEntry;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes a batch back: the gate first, after which nothing of it is begun, then its open rows. Cut
 * off in between, it is healed by running it again. Thread-safe.
 */
public final class BatchStop {
  /** Who got a message, may have got it, or is getting it at this moment. */
  public static final Set<InvitationState> GOT =
      Set.copyOf(
          EnumSet.of(
              InvitationState.SENDING,
              InvitationState.SENT,
              InvitationState.DELIVERED,
              InvitationState.BOUNCED,
              InvitationState.COMPLAINED,
              InvitationState.IN_DOUBT));

  private static final Set<InvitationState> OPEN =
      Set.copyOf(EnumSet.of(InvitationState.ACCEPTED, InvitationState.RETRY));

  private static final int PAGE = 1_000;

  private final BatchGates gates;
  private final InvitationStore invitations;
  private final Clock clock;

  public BatchStop(BatchGates gates, InvitationStore invitations, Clock clock) {
    this.gates = gates;
    this.invitations = invitations;
    this.clock = clock;
  }

  /**
   * What a cancellation found.
   *
   * @param sent accepted by the vendor before, evidence of later fates included
   * @param cancelled never to be sent
   * @param underWay at the vendor at this moment
   * @param inDoubt may have been sent
   */
  public record Result(long sent, long cancelled, long underWay, long inDoubt) {

    /** How many got a message, may have got it, or are getting it. */
    public long got() {
      return sent + underWay + inDoubt;
    }

    /** As events tell it. */
    @Override
    public String toString() {
      return sent
          + " sent before, "
          + underWay
          + " under way, "
          + inDoubt
          + " in doubt, "
          + cancelled
          + " cancelled";
    }
  }

  /** From here on nothing of the batch is begun. */
  public void closeGate(String batch) {
    gates.cancel(batch, clock.instant());
  }

  /**
   * Takes back what is not sent.
   *
   * @param note for the journal
   */
  public Result takeBack(String batch, String note) {
    invitations.moveBatch(batch, entry(note));
    return result(invitations.countByState(batch));
  }

  /**
   * What a cancellation came to in the time it had.
   *
   * @param left rows that are not taken back yet; nobody sends them any more
   */
  public record Bounded(Result soFar, long left) {}

  /** Takes back what is not sent until the time is over; a repeat goes on. */
  public Bounded takeBack(String batch, String note, Deadline until) {
    String after = "";
    while (!until.passed()) {
      List<Invitation> page = invitations.page(batch, OPEN, after, PAGE);
      if (page.isEmpty()) {
        break;
      }
      invitations.move(page.stream().map(Invitation::id).toList(), Cause.DROP, entry(note));
      after = page.getLast().id();
    }
    Map<InvitationState, Long> states = invitations.countByState(batch);
    return new Bounded(
        result(states), OPEN.stream().mapToLong(state -> states.getOrDefault(state, 0L)).sum());
  }

  private JournalEntry entry(String note) {
    return JournalEntry.of(clock.instant(), InvitationState.CANCELLED, note);
  }

  private static Result result(Map<InvitationState, Long> states) {
    long underWay = states.getOrDefault(InvitationState.SENDING, 0L);
    long inDoubt = states.getOrDefault(InvitationState.IN_DOUBT, 0L);
    long got = GOT.stream().mapToLong(state -> states.getOrDefault(state, 0L)).sum();
    return new Result(
        got - underWay - inDoubt,
        states.getOrDefault(InvitationState.CANCELLED, 0L),
        underWay,
        inDoubt);
  }
}
