package dev.beckon.operations;

import dev.beckon.account.Account;
import dev.beckon.account.AccountSource;
import dev.beckon.account.Dispatch;
import dev.beckon.account.Policy;
import dev.beckon.events.Event;
import dev.beckon.events.EventLog;
import dev.beckon.intake.Intake;
import dev.beckon.intake.IntakeRequest;
import dev.beckon.intake.Receipt;
import dev.beckon.intake.Refusal;
import dev.beckon.intake.Row;
import dev.beckon.intake.TestBatch;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.Recipient;
import dev.beckon.parcel.Lane;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;

/**
 * Sends one message to one recipient on its usual way, so that somebody sees it as it arrives:
 * without contact fatigue, sampling and delay. Suppressions, quiet hours and a pause hold.
 * Thread-safe.
 */
public final class TestSend {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BETWEEN = Duration.ofMillis(200);

  private final AccountSource accounts;
  private final Intake intake;
  private final InvitationStore invitations;
  private final EventLog events;
  private final SecureRandom random;
  private final Clock clock;
  private final Pauses pauses;

  /** Passes the time until the next look. */
  @FunctionalInterface
  public interface Pauses {
    void pass(Duration time) throws InterruptedException;
  }

  public TestSend(
      AccountSource accounts,
      Intake intake,
      InvitationStore invitations,
      EventLog events,
      SecureRandom random,
      Clock clock,
      Pauses pauses) {
    this.accounts = accounts;
    this.intake = intake;
    this.invitations = invitations;
    this.events = events;
    this.random = random;
    this.clock = clock;
    this.pauses = pauses;
  }

  /** What became of it. */
  public sealed interface Outcome {
    /** It is stored, and goes on by itself. */
    record Stored(Invitation invitation) implements Outcome {}

    record Refused(Refusal refusal) implements Outcome {}

    /** Its recipient is nobody whom the caller may reach. */
    record NotListed() implements Outcome {}

    record NoDispatch() implements Outcome {}

    record Paused() implements Outcome {}
  }

  /**
   * Stores one invitation.
   *
   * @param may whom the caller may reach
   * @param who wants it, for the event
   */
  public Outcome send(
      String accountId, String dispatchId, Row row, Predicate<Recipient> may, String who) {
    Account account =
        accounts.find(accountId, known -> known.dispatches().containsKey(dispatchId)).orElse(null);
    Dispatch stored = account == null ? null : account.dispatches().get(dispatchId);
    if (account == null || stored == null) {
      return new Outcome.NoDispatch();
    }
    if (stored.state() == Dispatch.State.PAUSED) {
      return new Outcome.Paused();
    }
    Dispatch dispatch = atOnce(stored);
    if (!intake.reaches(row, dispatch).stream().allMatch(may)) {
      return new Outcome.NotListed();
    }
    String batch = TestBatch.next(random);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Receipt receipt =
        intake.accept(
            new IntakeRequest(account, dispatch, batch, "0", Lane.PRIORITY, now, List.of(row)));
    if (!receipt.refused().isEmpty()) {
      return new Outcome.Refused(receipt.refused().getFirst());
    }
    tell(account, dispatch, batch, now, who);
    return new Outcome.Stored(
        invitations.load(List.of(Invitation.id(batch, row.number()))).getFirst());
  }

  /** As it stands at its end, or after ten seconds. */
  public Invitation await(Invitation sent) {
    Invitation now = sent;
    long looks = PATIENCE.dividedBy(BETWEEN);
    for (int look = 0; look < looks && !now.state().isFinal(); look++) {
      try {
        pauses.pass(BETWEEN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return now;
      }
      now = invitations.load(List.of(sent.id())).stream().findFirst().orElse(now);
    }
    return now;
  }

  private static Dispatch atOnce(Dispatch dispatch) {
    Policy policy = dispatch.policy();
    return new Dispatch(
        dispatch.id(),
        dispatch.name(),
        dispatch.state(),
        dispatch.routes(),
        dispatch.defaultLanguage(),
        dispatch.templates(),
        dispatch.surveyLink(),
        dispatch.fields(),
        new Policy(
            policy.fatigue(),
            Duration.ZERO,
            policy.expires(),
            policy.maxAttempts(),
            1,
            policy.inDoubt(),
            policy.quietHours()),
        dispatch.zone());
  }

  private void tell(Account account, Dispatch dispatch, String batch, Instant now, String who) {
    events.write(
        new Event(
            now,
            Event.Level.INFORMATION,
            "test-sent",
            "test-sent/" + batch,
            account.id(),
            who + " sent one test message of dispatch " + dispatch.id() + ", batch " + batch));
  }
}
