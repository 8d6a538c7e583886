package dev.beckon.intake;

import java.time.LocalDate;

/** Values that are sealed beside invitations; they are forgotten with the same keys. */
public interface SealedElsewhere {

  /**
   * Empties values that need an account's key of a day.
   *
   * @param limit how many documents to look at
   * @return whether none is left
   */
  boolean forget(String account, LocalDate day, int limit);
}
