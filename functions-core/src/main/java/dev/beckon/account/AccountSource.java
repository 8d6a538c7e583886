package dev.beckon.account;

import java.util.Collection;
import java.util.Optional;
import java.util.SequencedMap;

/** Where accounts are read from; answers may be as stale as configured. Thread-safe. */
public interface AccountSource {

  Optional<Account> find(String account);

  /** The account one of whose feeds has this id. Feed ids are unique over all accounts. */
  Optional<Account> ofFeed(String feed);

  Collection<Account> all();

  /** An account's document as its owner wrote it, never stale. */
  record Written(long version, String json) {}

  /** Every document stored now by its account's id, also those that cannot be read. */
  SequencedMap<String, Written> documents();

  /** What is stored now, read past every cache. */
  Optional<Written> written(String account);

  /**
   * Stores a document over the version it was made from.
   *
   * @return false when another version is stored by now; nothing is changed then
   * @throws InvalidAccountException when it cannot be read; nothing is stored then
   */
  boolean replace(String json, long version);

  /**
   * Stores an account's document as its next version.
   *
   * @throws InvalidAccountException when it cannot be read; nothing is stored then
   */
  Account put(String json);
}
