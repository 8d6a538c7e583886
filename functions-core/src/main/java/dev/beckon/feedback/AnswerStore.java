package dev.beckon.feedback;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Where answers live: one sheet an invitation. Thread-safe. */
public interface AnswerStore {

  /** The answers to an invitation. */
  Optional<AnswerSheet> find(String invitation);

  /**
   * Stores a sheet over the version before it; version 1 where none is stored.
   *
   * @return false when another version is stored by now; nothing is changed then
   */
  boolean save(AnswerSheet sheet);

  /** Sheets of an account with words sealed under its key of a day. */
  List<AnswerSheet> sealedUnder(String account, LocalDate day, int limit);

  /** Deletes the answers to these invitations; silent where there are none. */
  void delete(Collection<String> invitations);
}
