package dev.beckon.feedback;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Answers that were handed in together.
 *
 * @param answers by question, in the order of their names
 * @param at when they were given
 * @param complete whether the survey was finished with them
 */
public record Submission(Map<String, Answer> answers, Instant at, boolean complete) {
  /** The most questions of one invitation. */
  public static final int MOST_QUESTIONS = 100;

  /** In characters. */
  public static final int LONGEST_WORDS = 10_000;

  /** Whole numbers up to here are exact in every program that reads JSON. */
  public static final double LARGEST_FIGURE = 9_007_199_254_740_991.0;

  private static final Pattern QUESTION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:-]{0,99}");

  public Submission {
    answers = Map.copyOf(answers);
  }

  /**
   * What is wrong with an answer, and what helps; empty when nothing is.
   *
   * @param question the name of what was asked
   */
  public static Optional<String> fault(String question, Answer answer) {
    if (!QUESTION.matcher(question).matches()) {
      return Optional.of(
          "the question's name is not usable; begin it with a letter, a digit or _, go on with those and . : -, 100 characters at most");
    }
    if (answer instanceof Answer.Words(String value) && value.length() > LONGEST_WORDS) {
      return Optional.of(
          "is longer than " + LONGEST_WORDS + " characters; shorten it, or keep it where it is");
    }
    return Optional.empty();
  }

  /** The answers in the order of their questions' names. */
  Map<String, Answer> inOrder() {
    return new TreeMap<>(answers);
  }
}
