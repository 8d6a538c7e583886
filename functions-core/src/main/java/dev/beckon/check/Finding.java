package dev.beckon.check;

/**
 * One thing found when a part of an installation was looked at. Neither text holds a secret.
 *
 * @param what was found, naming the part
 * @param remedy what to do about it; empty where nothing is to be done
 */
public record Finding(Mark mark, String what, String remedy) {

  /** How a finding is to be taken. */
  public enum Mark {
    /** As it should be. */
    GOOD,
    /** Works as configured, and somebody should know. */
    NOTICE,
    /** Cannot be told from here. */
    UNKNOWN,
    /** Something will not work until it is mended. */
    WRONG
  }

  public static Finding good(String what) {
    return new Finding(Mark.GOOD, what, "");
  }

  public static Finding notice(String what, String remedy) {
    return new Finding(Mark.NOTICE, what, remedy);
  }

  public static Finding unknown(String what, String remedy) {
    return new Finding(Mark.UNKNOWN, what, remedy);
  }

  public static Finding wrong(String what, String remedy) {
    return new Finding(Mark.WRONG, what, remedy);
  }
}
