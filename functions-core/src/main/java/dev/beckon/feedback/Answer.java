package dev.beckon.feedback;

/** What somebody said to one question. */
public sealed interface Answer {

  /**
   * A figure, such as a rating.
   *
   * @param value finite, and whole ones exact
   */
  record Figure(double value) implements Answer {
    public Figure {
      if (!(Math.abs(value) <= Submission.LARGEST_FIGURE)) {
        throw new IllegalArgumentException("a figure beyond what is kept exactly");
      }
      value = value == 0 ? 0 : value; // minus zero is none of its own
    }
  }

  /** Yes or no. */
  record Choice(boolean value) implements Answer {}

  /** Words of their own; they may name anybody. */
  record Words(String value) implements Answer {

    /** Shows no personal value. */
    @Override
    public String toString() {
      return "Words[" + value.length() + " characters]";
    }
  }
}
