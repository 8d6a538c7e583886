package dev.beckon.pace;

/**
 * Where the workers agree on who sends when: one line of time for each vendor account, of which
 * each worker books stretches. Times are nanoseconds since the epoch. Every change is one
 * conditional single-document write. Thread-safe. A store that cannot be reached throws an
 * unchecked exception.
 */
public interface PaceStore {

  /**
   * A stretch of time that a worker wants.
   *
   * @param earliest when it may begin; time before that which nobody booked is lost
   * @param latest when it may begin at the latest
   * @param recipients how many it counts against the quota
   * @param day the day since the epoch that they are counted on
   */
  record Wish(long earliest, long latest, long length, int recipients, long quota, long day) {}

  /** What became of it. */
  sealed interface Answer {
    /**
     * The stretch is ours.
     *
     * @param share of the configured rate that the vendor bears now
     * @param adapted when the share was last changed
     */
    record Booked(long start, double share, long adapted) implements Answer {}

    /** All time up to {@code next}, later than the latest wished for, is booked. */
    record Later(long next) implements Answer {}

    /** The day's quota has only so much left, less than was wished for. */
    record Spent(int left) implements Answer {}
  }

  Answer book(String line, Wish wish);

  /**
   * Gives the end of what was booked back.
   *
   * @param end where the booking ends; when anybody booked after it, its time stays booked
   * @param from where the time begins that is given back
   * @param recipients how many are not counted against the quota after all
   */
  void giveBack(String line, long end, long from, int recipients);

  /**
   * Nothing begins on a line before a time.
   *
   * @return when the line is free next: that time, or a later one
   */
  long hold(String line, long until, long day);

  /**
   * Changes the share of the configured rate, unless somebody changed it since.
   *
   * @param seen when it was changed, as last read
   */
  void adapt(String line, long seen, double share, long now);
}
