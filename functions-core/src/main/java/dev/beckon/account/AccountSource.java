package dev.beckon.account;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;

/** Where accounts are read from; answers may be as stale as configured. Thread-safe. */
public interface AccountSource {

  Optional<Account> find(String account);

  /** An account read past every cache. */
  Optional<Account> latest(String account);

  /**
   * An account as {@link #find} knows it where that suffices, else read past every cache: what is
   * looked for may have been stored a moment ago, by another process.
   */
  default Optional<Account> find(String account, Predicate<Account> suffices) {
    return find(account).filter(suffices).or(() -> latest(account));
  }

  /** The account one of whose feeds has this id. Feed ids are unique over all accounts. */
  Optional<Account> ofFeed(String feed);

  Collection<Account> all();

  /** The same with their test twins, where this source knows them. */
  default Collection<Account> allWithTwins() {
    return all();
  }

  /** One of an account's versions: when it was stored, by whom, and what they changed. */
  record Version(long number, Instant at, Change change) {}

  /** An account's document as its owner wrote it, never stale. */
  record Written(Version stored, String json) {
    public long version() {
      return stored.number();
    }
  }

  /** Every document stored now by its account's id, also those that cannot be read. */
  SequencedMap<String, Written> documents();

  /** What is stored now, read past every cache. */
  Optional<Written> written(String account);

  /**
   * The versions of an account, newest first, the one in force included.
   *
   * @param before only those below this number
   */
  List<Version> versions(String account, long before, int limit);

  /** One version as it was written: an older one, or the one in force. */
  Optional<Written> version(String account, long number);

  /**
   * Stores a document over the version it was made from, which is kept.
   *
   * @return false when another version is stored by now; nothing is changed then
   * @throws InvalidAccountException when it cannot be read; nothing is stored then
   */
  boolean replace(String json, long version, Change change);

  /**
   * Stores an account's document as its next version; the one before is kept.
   *
   * @throws InvalidAccountException when it cannot be read; nothing is stored then
   */
  Account put(String json, Change change);
}
