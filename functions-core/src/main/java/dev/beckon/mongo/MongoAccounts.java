package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.ascending;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertOneModel;
import dev.beckon.account.Account;
import dev.beckon.account.AccountReader;
import dev.beckon.account.AccountSource;
import dev.beckon.account.InvalidAccountException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
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
 * owner wrote. Snapshots are read anew when they are older than allowed. Thread-safe.
 */
public final class MongoAccounts implements AccountSource {
  private static final Logger LOG = LoggerFactory.getLogger(MongoAccounts.class);

  private record Snapshot(Instant readAt, Map<String, Account> accounts) {}

  private final MongoCollection<Document> collection;
  private final AccountReader reader = new AccountReader();
  private final Duration maxAge;
  private final Clock clock;
  private volatile Snapshot snapshot = new Snapshot(Instant.MIN, Map.of());

  public MongoAccounts(MongoConnection connection, Duration maxAge, Clock clock) {
    this.collection = connection.collection("accounts");
    this.maxAge = maxAge;
    this.clock = clock;
  }

  @Override
  public Optional<Account> find(String account) {
    return Optional.ofNullable(fresh().get(account));
  }

  @Override
  public Optional<Account> ofFeed(String feed) {
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
    for (Document document : collection.find().sort(ascending("_id"))) {
      documents.put(
          document.getString("_id"),
          new Written(Fields.number(document, "version"), document.getString("json")));
    }
    return documents;
  }

  @Override
  public Optional<Written> written(String account) {
    return Optional.ofNullable(collection.find(eq("_id", account)).first())
        .map(document ->
            new Written(Fields.number(document, "version"), document.getString("json")));
  }

  @Override
  public boolean replace(String json, long version) {
    Account candidate = reader.read(json, 0);
    refuseTakenFeeds(candidate);
    boolean replaced =
        collection
                .replaceOne(
                    and(eq("_id", candidate.id()), eq("version", version)),
                    new Document("_id", candidate.id())
                        .append("version", version + 1)
                        .append("json", json))
                .getMatchedCount()
            == 1;
    snapshot = new Snapshot(Instant.MIN, Map.of());
    return replaced;
  }

  @Override
  public Account put(String json) {
    Account candidate = reader.read(json, 0);
    refuseTakenFeeds(candidate);
    while (true) {
      Document old = collection.find(eq("_id", candidate.id())).first();
      long version = old == null ? 1 : Fields.number(old, "version") + 1;
      Document document =
          new Document("_id", candidate.id()).append("version", version).append("json", json);
      boolean stored =
          old == null
              ? Bulk.write(collection, List.of(new InsertOneModel<>(document))).isEmpty()
              : collection
                      .replaceOne(
                          and(eq("_id", candidate.id()), eq("version", old.get("version"))),
                          document)
                      .getMatchedCount()
                  == 1;
      if (stored) {
        snapshot = new Snapshot(Instant.MIN, Map.of());
        return reader.read(json, version);
      }
    }
  }

  private void refuseTakenFeeds(Account candidate) {
    for (Account other : fresh().values()) {
      if (!other.id().equals(candidate.id())) {
        for (String feed : candidate.feeds().keySet()) {
          if (other.feeds().containsKey(feed)) {
            throw new InvalidAccountException(
                List.of(
                    "feeds."
                        + feed
                        + ": account "
                        + other.id()
                        + " has a feed of this name; choose another"));
          }
        }
      }
    }
  }

  private Map<String, Account> fresh() {
    Snapshot current = snapshot;
    Instant now = clock.instant();
    if (current.readAt().isAfter(now.minus(maxAge))) {
      return current.accounts();
    }
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
