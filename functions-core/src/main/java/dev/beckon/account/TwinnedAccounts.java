package dev.beckon.account;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;

/** Accounts of another source and the test twin of each, made once per version. Thread-safe. */
public final class TwinnedAccounts implements AccountSource {
  private final AccountSource accounts;
  private final Map<String, Account> twins = new ConcurrentHashMap<>();

  public TwinnedAccounts(AccountSource accounts) {
    this.accounts = accounts;
  }

  @Override
  public Optional<Account> find(String account) {
    return TestTwin.is(account)
        ? accounts.find(TestTwin.home(account)).map(this::twin)
        : accounts.find(account);
  }

  @Override
  public Optional<Account> latest(String account) {
    return TestTwin.is(account)
        ? accounts.latest(TestTwin.home(account)).map(this::twin)
        : accounts.latest(account);
  }

  @Override
  public Optional<Account> ofFeed(String feed) {
    return accounts.ofFeed(feed);
  }

  @Override
  public Collection<Account> all() {
    return accounts.all();
  }

  @Override
  public Collection<Account> allWithTwins() {
    List<Account> all = new ArrayList<>(accounts.all());
    accounts.all().forEach(account -> all.add(twin(account)));
    return all;
  }

  private Account twin(Account home) {
    Account known = twins.get(home.id());
    if (known != null && known.version() == home.version()) {
      return known;
    }
    Account made = TestTwin.made(home);
    twins.put(home.id(), made);
    return made;
  }

  @Override
  public SequencedMap<String, Written> documents() {
    return accounts.documents();
  }

  @Override
  public Optional<Written> written(String account) {
    return accounts.written(account);
  }

  @Override
  public List<Version> versions(String account, long before, int limit) {
    return accounts.versions(account, before, limit);
  }

  @Override
  public Optional<Written> version(String account, long number) {
    return accounts.version(account, number);
  }

  @Override
  public boolean replace(String json, long version, Change change) {
    return accounts.replace(json, version, change);
  }

  @Override
  public Account put(String json, Change change) {
    return accounts.put(json, change);
  }
}
