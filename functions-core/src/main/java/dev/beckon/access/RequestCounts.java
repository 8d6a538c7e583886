package dev.beckon.access;

/**
 * Where processes agree on how many requests a caller has made in a minute. Every change is one
 * conditional single-document write. Thread-safe. A store that cannot be reached throws an
 * unchecked exception.
 */
public interface RequestCounts {

  /**
   * What was counted.
   *
   * @param granted how many of those wanted are within the limit
   * @param used of the minute by everybody, these included
   */
  record Taken(int granted, int used) {}

  /**
   * Counts requests that are about to be made.
   *
   * @param minute since the epoch; a process whose clock is behind counts on the latest that
   *     anybody knows
   * @param most of a minute
   */
  Taken take(String caller, long minute, int wanted, int most);
}
