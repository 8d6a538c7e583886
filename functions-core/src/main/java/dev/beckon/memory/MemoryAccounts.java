package dev.beckon.memory;

import dev.beckon.account.Account;
import dev.beckon.account.AccountReader;
import dev.beckon.account.AccountSource;
import dev.beckon.account.Change;
import dev.beckon.account.InvalidAccountException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
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
  private final Map<String, List<Written>> written = new TreeMap<>();
  private final Clock clock;

  public MemoryAccounts(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized Optional<Account> find(String account) {
    return Optional.ofNullable(accounts.get(account));
  }

  @Override
  public Optional<Account> latest(String account) {
    return find(account);
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
    written.forEach((id, versions) -> found.put(id, versions.getLast()));
    return found;
  }

  @Override
  public synchronized Optional<Written> written(String account) {
    List<Written> versions = versions(account);
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
  }

  @Override
  public synchronized List<Version> versions(String account, long before, int limit) {
    return versions(account).reversed().stream()
        .map(Written::stored)
        .filter(version -> version.number() < before)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized Optional<Written> version(String account, long number) {
    return versions(account).stream().filter(one -> one.version() == number).findFirst();
  }

  private List<Written> versions(String account) {
    return written.getOrDefault(account, List.of());
  }

  @Override
  public synchronized boolean replace(String json, long version, Change change) {
    Account old = accounts.get(reader.read(json, 0).id());
    if (old == null || old.version() != version) {
      return false;
    }
    put(json, change);
    return true;
  }

  @Override
  public synchronized Account put(String json, Change change) {
    String id = reader.read(json, 0).id();
    Account old = accounts.get(id);
    Account next = reader.read(json, old == null ? 1 : old.version() + 1);
    for (String feed : next.feeds().keySet()) {
      if (ofFeed(feed).stream().anyMatch(owner -> !owner.id().equals(id))) {
        throw InvalidAccountException.takenFeed(feed);
      }
    }
    accounts.put(id, next);
    written
        .computeIfAbsent(id, any -> new ArrayList<>())
        .add(new Written(new Version(next.version(), clock.instant(), change), json));
    return next;
  }
}
