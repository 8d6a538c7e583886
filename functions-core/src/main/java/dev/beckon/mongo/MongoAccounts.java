package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Projections;
import dev.beckon.account.Account;
import dev.beckon.account.AccountReader;
import dev.beckon.account.AccountSource;
import dev.beckon.account.Change;
import dev.beckon.account.InvalidAccountException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts in the collection {@code accounts}: one versioned document each, kept as the text its
 * owner wrote. A version is copied to {@code accountHistory} before the next takes its place, under
 * an id of its own: whatever is cut off in between, the one in force is the one in {@code
 * accounts}, and none is lost. Snapshots are read anew when they are older than allowed.
 * Thread-safe.
 */
public final class MongoAccounts implements AccountSource {
  private static final Logger LOG = LoggerFactory.getLogger(MongoAccounts.class);

  private record Snapshot(Instant readAt, Map<String, Account> accounts) {}

  private final MongoCollection<Document> collection;

  /** Only what cannot be rolled back any more may be kept as a version. */
  private final MongoCollection<Document> current;

  private final AccountHistory history;
  private final AccountReader reader = new AccountReader();
  private final Duration maxAge;
  private final Clock clock;

  private volatile Snapshot snapshot = new Snapshot(Instant.MIN, Map.of());

  public MongoAccounts(MongoConnection connection, Duration maxAge, Clock clock) {
    this.collection = connection.collection("accounts");
    this.current = connection.majority("accounts");
    this.history = new AccountHistory(connection);
    this.maxAge = maxAge;
    this.clock = clock;
  }

  @Override
  public Optional<Account> find(String account) {
    return Optional.ofNullable(fresh().get(account));
  }

  @Override
  public Optional<Account> latest(String account) {
    Account known = snapshot.accounts().get(account);
    long stored = written(account).map(Written::version).orElse(0L);
    if (known == null || known.version() != stored) {
      forget();
    }
    return find(account);
  }

  /** What was compiled stays, for versions that are still in force. */
  private void forget() {
    snapshot = new Snapshot(Instant.MIN, snapshot.accounts());
  }

  @Override
  public Optional<Account> ofFeed(String feed) {
    Optional<Account> known = owner(feed);
    if (known.isPresent()) {
      return known;
    }
    forget(); // it may have been configured a moment ago
    return owner(feed);
  }

  private Optional<Account> owner(String feed) {
    return fresh().values().stream()
        .filter(account -> account.feeds().containsKey(feed))
        .findFirst();
  }

  @Override
  public Collection<Account> all() {
    return fresh().values();
  }

  @Override
  public SequencedMap<String, Written> documents() {
    SequencedMap<String, Written> documents = new LinkedHashMap<>();
    for (Document document : current.find().sort(ascending("_id"))) {
      documents.put(document.getString("_id"), AccountHistory.written(document));
    }
    return documents;
  }

  @Override
  public Optional<Written> written(String account) {
    return Optional.ofNullable(current.find(eq("_id", account)).first())
        .map(AccountHistory::written);
  }

  @Override
  public List<Version> versions(String account, long before, int limit) {
    List<Version> versions = new ArrayList<>();
    long older = before;
    // In this order: a version that is replaced meanwhile is found by one of both reads.
    Document newest =
        current.find(eq("_id", account)).projection(Projections.exclude("json")).first();
    if (newest != null) {
      Version version = AccountHistory.version(newest);
      older = Math.min(before, version.number());
      if (version.number() < before) {
        versions.add(version);
      }
    }
    versions.addAll(history.before(account, older, Math.max(0, limit - versions.size())));
    return versions;
  }

  @Override
  public Optional<Written> version(String account, long number) {
    return written(account)
        .filter(newest -> newest.version() == number)
        .or(() -> history.find(account, number));
  }

  @Override
  public boolean replace(String json, long version, Change change) {
    Account candidate = reader.read(json, 0);
    refuseTakenFeeds(candidate);
    Document old = current.find(and(eq("_id", candidate.id()), eq("version", version))).first();
    boolean replaced = old != null && replace(old, candidate.id(), json, change);
    forget();
    return replaced;
  }

  @Override
  public Account put(String json, Change change) {
    Account candidate = reader.read(json, 0);
    refuseTakenFeeds(candidate);
    while (true) {
      Document old = current.find(eq("_id", candidate.id())).first();
      long version = old == null ? 1 : Fields.number(old, "version") + 1;
      boolean stored =
          old == null
              ? insert(document(candidate.id(), 1, json, change))
              : replace(old, candidate.id(), json, change);
      if (stored) {
        forget();
        return reader.read(json, version);
      }
    }
  }

  private boolean insert(Document document) {
    return Bulk.write(collection, List.of(new InsertOneModel<>(document))).isEmpty();
  }

  private boolean replace(Document old, String id, String json, Change change) {
    history.keep(old);
    long version = Fields.number(old, "version");
    return collection
            .replaceOne(
                and(eq("_id", id), eq("version", old.get("version"))),
                document(id, version + 1, json, change))
            .getMatchedCount()
        == 1;
  }

  private Document document(String id, long version, String json, Change change) {
    return new Document("_id", id)
        .append("version", version)
        .append("at", Date.from(clock.instant()))
        .append("who", change.who())
        .append("what", change.what())
        .append("json", json);
  }

  private void refuseTakenFeeds(Account candidate) {
    for (Account other : fresh().values()) {
      if (!other.id().equals(candidate.id())) {
        for (String feed : candidate.feeds().keySet()) {
          if (other.feeds().containsKey(feed)) {
            throw InvalidAccountException.takenFeed(feed);
          }
        }
      }
    }
  }

  private Map<String, Account> fresh() {
    Snapshot current = snapshot;
    return isFresh(current) ? current.accounts() : reloaded();
  }

  private boolean isFresh(Snapshot read) {
    return read.readAt().isAfter(clock.instant().minus(maxAge));
  }

  /** One at a time: all that find the snapshot old at once need it read once. */
  private synchronized Map<String, Account> reloaded() {
    Snapshot current = snapshot;
    if (isFresh(current)) {
      return current.accounts();
    }
    Instant now = clock.instant();
    Map<String, Account> accounts = new HashMap<>();
    for (Document document : collection.find()) {
      String id = document.getString("_id");
      long version = Fields.number(document, "version");
      Account known = current.accounts().get(id);
      if (known != null && known.version() == version) {
        accounts.put(id, known);
        continue;
      }
      try {
        accounts.put(id, reader.read(document.getString("json"), version));
      } catch (InvalidAccountException e) {
        LOG.error(
            "account={} version={} cannot be read and is left out: {}",
            id,
            version,
            e.getMessage());
      }
    }
    snapshot = new Snapshot(now, Map.copyOf(accounts));
    return snapshot.accounts();
  }
}
