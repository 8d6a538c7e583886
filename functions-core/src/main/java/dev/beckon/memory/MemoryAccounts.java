package dev.beckon.memory;

import dev.beckon.account.Account;
import dev.beckon.account.AccountReader;
import dev.beckon.account.AccountSource;
import dev.beckon.account.InvalidAccountException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Accounts in memory, never stale, for tests and samples. Thread-safe. */
public final class MemoryAccounts implements AccountSource {
  private final AccountReader reader = new AccountReader();
  private final Map<String, Account> accounts = new TreeMap<>();
  private final Map<String, String> documents = new HashMap<>();

  @Override
  public synchronized Optional<Account> find(String account) {
    return Optional.ofNullable(accounts.get(account));
  }

  @Override
  public synchronized Optional<Account> ofFeed(String feed) {
    return accounts.values().stream()
        .filter(account -> account.feeds().containsKey(feed))
        .findFirst();
  }

  @Override
  public synchronized Collection<Account> all() {
    return List.copyOf(accounts.values());
  }

  @Override
  public synchronized SequencedMap<String, Written> documents() {
    SequencedMap<String, Written> found = new LinkedHashMap<>();
    accounts.keySet().forEach(id -> written(id).ifPresent(document -> found.put(id, document)));
    return found;
  }

  @Override
  public synchronized Optional<Written> written(String account) {
    return Optional.ofNullable(accounts.get(account))
        .map(stored -> new Written(stored.version(), documents.getOrDefault(account, "")));
  }

  @Override
  public synchronized boolean replace(String json, long version) {
    Account old = accounts.get(reader.read(json, 0).id());
    if (old == null || old.version() != version) {
      return false;
    }
    put(json);
    return true;
  }

  @Override
  public synchronized Account put(String json) {
    String id = reader.read(json, 0).id();
    Account old = accounts.get(id);
    Account next = reader.read(json, old == null ? 1 : old.version() + 1);
    for (String feed : next.feeds().keySet()) {
      ofFeed(feed)
          .filter(owner -> !owner.id().equals(id))
          .ifPresent(owner -> {
            throw new InvalidAccountException(
                List.of(
                    "feeds."
                        + feed
                        + ": account "
                        + owner.id()
                        + " has a feed of this name; choose another"));
          });
    }
    accounts.put(id, next);
    documents.put(id, json);
    return next;
  }
}
