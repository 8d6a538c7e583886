package dev.beckon.account;

import java.util.Collection;
import java.util.Optional;

/** Where accounts are read from; answers may be as stale as configured. Thread-safe. */
public interface AccountSource {

  Optional<Account> find(String account);

  /** The account one of whose feeds has this id. Feed ids are unique over all accounts. */
  Optional<Account> ofFeed(String feed);

  Collection<Account> all();

  /**
   * Stores an account's document as its next version.
   *
   * @throws InvalidAccountException when it cannot be read; nothing is stored then
   */
  Account put(String json);
}
