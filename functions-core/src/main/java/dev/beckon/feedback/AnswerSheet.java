package dev.beckon.feedback;

import dev.beckon.invitation.SealedValue;
import dev.beckon.privacy.Sealer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The answers to one invitation, as stored: figures and choices in the clear, words sealed.
 * Immutable.
 *
 * @param firstAt when its first answer was given, {@code lastAt} its last
 * @param complete whether the survey was finished
 * @param version rises with every change, from 1
 * @param answers by question
 */
public record AnswerSheet(
    String invitation,
    String account,
    String dispatch,
    String batch,
    Instant firstAt,
    Instant lastAt,
    boolean complete,
    long version,
    Map<String, Kept> answers) {
  public AnswerSheet {
    answers = Map.copyOf(answers);
  }

  /** One answer as stored, with the moment it was given. */
  public sealed interface Kept {
    Instant at();
  }

  /** A figure. */
  public record Figure(Instant at, double value) implements Kept {}

  /** Yes or no. */
  public record Choice(Instant at, boolean value) implements Kept {}

  /**
   * Words, each answer's by itself, so that each is forgotten with the key of the day it came on.
   *
   * @param sealed empty when they were forgotten
   */
  public record Words(Instant at, SealedValue sealed) implements Kept {}

  /** The days whose keys its words need. */
  public Set<LocalDate> sealedOn() {
    return answers.values().stream()
        .filter(Words.class::isInstance)
        .flatMap(words -> Sealer.dayOf(((Words) words).sealed().bytes()).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** As it stands without the words that were sealed on a day. */
  AnswerSheet without(LocalDate day) {
    Map<String, Kept> kept = new HashMap<>(answers);
    kept.replaceAll((question, answer) ->
        answer instanceof Words words
                && Sealer.dayOf(words.sealed().bytes()).filter(day::equals).isPresent()
            ? new Words(words.at(), SealedValue.NONE)
            : answer);
    return next(firstAt, lastAt, complete, kept);
  }

  /** As it stands after a change. */
  AnswerSheet next(Instant first, Instant last, boolean finished, Map<String, Kept> kept) {
    return new AnswerSheet(
        invitation, account, dispatch, batch, first, last, finished, version + 1, kept);
  }
}
