package dev.beckon.feedback;

import dev.beckon.feedback.AnswerSheet.Kept;
import dev.beckon.intake.SealedElsewhere;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.invitation.SealedValue;
import dev.beckon.privacy.Sealer;
import dev.beckon.privacy.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Survey answers, made known by the token of an invitation. Answers merge by question, and of two
 * the one given later stays, so that repeats and any order of arrival come to the same.
 * Thread-safe.
 */
public final class Answers implements SealedElsewhere {
  /** Of as many writers at once each gets its turn. */
  private static final int ROUNDS = 50;

  private final InvitationStore invitations;
  private final AnswerStore store;
  private final Sealer sealer;

  public Answers(InvitationStore invitations, AnswerStore store, Sealer sealer) {
    this.invitations = invitations;
    this.store = store;
    this.sealer = sealer;
  }

  /** What became of answers. */
  public enum Outcome {
    STORED,
    /** No invitation has the token, or not for whoever asks. */
    UNKNOWN,
    /** With those stored before there would be more than {@link Submission#MOST_QUESTIONS}. */
    TOO_MANY
  }

  /** Whether a token belongs to an invitation. */
  public boolean knows(String token) {
    return invitations.byToken(token).isPresent();
  }

  /** Stores answers of whoever holds a token. */
  public Outcome store(String token, Submission submission) {
    return store(token, submission, any -> true);
  }

  /** Stores answers to an invitation of an account; those of others are unknown to it. */
  public Outcome store(String account, String token, Submission submission) {
    return store(token, submission, row -> row.account().equals(account));
  }

  private Outcome store(String token, Submission submission, Predicate<Invitation> whose) {
    Invitation row = invitations.byToken(token).filter(whose).orElse(null);
    if (row == null) {
      return Outcome.UNKNOWN;
    }
    Instant at = submission.at().truncatedTo(ChronoUnit.MILLIS); // as stores keep it
    if (!merge(row, new Submission(submission.answers(), at, submission.complete()))) {
      return Outcome.TOO_MANY;
    }
    // An erasure that ran meanwhile may have looked for answers before these were stored.
    if (!note(row, at)) {
      store.delete(List.of(row.id()));
      return Outcome.UNKNOWN;
    }
    return Outcome.STORED;
  }

  /** What was answered to an invitation. */
  public record Read(AnswerSheet sheet, SortedMap<String, Answer> answers, List<String> forgotten) {
    public Read {
      forgotten = List.copyOf(forgotten);
    }

    /** Shows no personal value. */
    @Override
    public String toString() {
      return "Read[" + sheet.invitation() + "]";
    }
  }

  /** The answers to an account's invitation. */
  public Optional<Read> of(String account, String invitation) {
    return store
        .find(invitation)
        .filter(sheet -> sheet.account().equals(account))
        .map(this::opened);
  }

  @Override
  public boolean forget(String account, LocalDate day, int limit) {
    List<AnswerSheet> sheets = store.sealedUnder(account, day, limit);
    boolean all = sheets.size() < limit;
    for (AnswerSheet sheet : sheets) {
      all &= store.save(sheet.without(day));
    }
    return all;
  }

  private Read opened(AnswerSheet sheet) {
    SortedMap<String, Answer> answers = new TreeMap<>();
    SortedMap<String, Boolean> forgotten = new TreeMap<>();
    sheet
        .answers()
        .forEach((question, kept) ->
            answer(sheet.account(), kept)
                .ifPresentOrElse(
                    answer -> answers.put(question, answer), () -> forgotten.put(question, true)));
    return new Read(sheet, answers, List.copyOf(forgotten.keySet()));
  }

  private Optional<Answer> answer(String account, Kept kept) {
    return switch (kept) {
      case AnswerSheet.Figure figure -> Optional.of(new Answer.Figure(figure.value()));
      case AnswerSheet.Choice choice -> Optional.of(new Answer.Choice(choice.value()));
      case AnswerSheet.Words words -> words(account, words).map(Answer.class::cast);
    };
  }

  /** Empty when they are gone. */
  private Optional<Answer.Words> words(String account, AnswerSheet.Words words) {
    if (words.sealed().isNone()) {
      return Optional.empty();
    }
    try {
      byte[] plain = sealer.open(account, words.sealed().bytes());
      return Optional.of(new Answer.Words(new String(plain, StandardCharsets.UTF_8)));
    } catch (UnreadableException e) {
      return Optional.empty();
    }
  }

  /** Returns false when there would be too many questions. */
  private boolean merge(Invitation row, Submission submission) {
    for (int round = 0; round < ROUNDS; round++) {
      AnswerSheet stored = store.find(row.id()).orElse(null);
      AnswerSheet merged = stored == null ? first(row, submission) : merged(stored, submission);
      if (merged.answers().size() > Submission.MOST_QUESTIONS) {
        return false;
      }
      if (merged.equals(stored) || store.save(merged)) {
        return true;
      }
    }
    throw new IllegalStateException("answers to one invitation kept coming from all sides");
  }

  private AnswerSheet first(Invitation row, Submission submission) {
    Map<String, Kept> kept = new HashMap<>();
    submission
        .inOrder()
        .forEach((question, answer) ->
            kept.put(question, kept(row.account(), null, answer, submission.at())));
    return new AnswerSheet(
        row.id(),
        row.account(),
        row.dispatch(),
        row.batch(),
        submission.at(),
        submission.at(),
        submission.complete(),
        1,
        kept);
  }

  /** An equal sheet when nothing is new. */
  private AnswerSheet merged(AnswerSheet stored, Submission submission) {
    Map<String, Kept> kept = new HashMap<>(stored.answers());
    submission
        .inOrder()
        .forEach((question, answer) -> {
          Kept before = kept.get(question);
          if (before == null || !submission.at().isBefore(before.at())) {
            kept.put(question, kept(stored.account(), before, answer, submission.at()));
          }
        });
    boolean complete = stored.complete() || submission.complete();
    Instant first = submission.at().isBefore(stored.firstAt()) ? submission.at() : stored.firstAt();
    Instant last = submission.at().isAfter(stored.lastAt()) ? submission.at() : stored.lastAt();
    return kept.equals(stored.answers())
            && complete == stored.complete()
            && first.equals(stored.firstAt())
            && last.equals(stored.lastAt())
        ? stored
        : stored.next(first, last, complete, kept);
  }

  private Kept kept(String account, @Nullable Kept before, Answer answer, Instant at) {
    return switch (answer) {
      case Answer.Figure figure -> new AnswerSheet.Figure(at, figure.value());
      case Answer.Choice choice -> new AnswerSheet.Choice(at, choice.value());
      case Answer.Words words ->
          before instanceof AnswerSheet.Words old && words(account, old).equals(Optional.of(words))
              ? new AnswerSheet.Words(at, old.sealed()) // a repeat is kept no longer for it
              : new AnswerSheet.Words(at, sealed(account, words));
    };
  }

  private SealedValue sealed(String account, Answer.Words words) {
    return new SealedValue(sealer.seal(account, words.value().getBytes(StandardCharsets.UTF_8)));
  }

  /** Returns false when the invitation was erased meanwhile. */
  private boolean note(Invitation row, Instant at) {
    Optional<Invitation> now = Optional.of(row);
    for (int round = 0; round < ROUNDS; round++) {
      if (now.isEmpty()) {
        return false;
      }
      if (invitations.answered(now.get(), at)) {
        return true;
      }
      now = invitations.byToken(row.token());
    }
    throw new IllegalStateException("an invitation changed its state all the time");
  }
}
