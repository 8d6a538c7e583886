package dev.beckon.local.servers;

/** Which of the messages that a server receives are kept for people to look at. */
public enum Kept {
  /** Later ones are only counted, which costs less under load. */
  FIRST,
  /** The oldest make room. */
  NEWEST;

  /** Whether one more is kept where so many were before, of so many at the most. */
  boolean wants(int before, int most) {
    return most > 0 && (this == NEWEST || before < most);
  }
}
