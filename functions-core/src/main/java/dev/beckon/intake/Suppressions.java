package dev.beckon.intake;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/** Recipients that must not be contacted, by hash. Thread-safe. */
public interface Suppressions {

  /** Which of these hashes are suppressed for an account. */
  Set<String> among(String account, Collection<String> hashes);

  /**
   * Suppresses a recipient; a repeat changes nothing.
   *
   * @param why a kebab-case word such as {@code unsubscribed}
   */
  void add(String account, String hash, String why, Instant at);

  /** Lets a recipient be contacted again; one that is not suppressed is left as it is. */
  void remove(String account, Collection<String> hashes);
}
