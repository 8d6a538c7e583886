package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import dev.beckon.account.AccountSource.Version;
import dev.beckon.account.AccountSource.Written;
import dev.beckon.account.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.Document;

/**
 * Versions of accounts that were replaced, in the collection {@code accountHistory}; ids are {@code
 * account/version} with the version in twelve digits, so that they sort by it. Thread-safe.
 */
final class AccountHistory {
  private final MongoCollection<Document> history;

  AccountHistory(MongoConnection connection) {
    this.history = connection.majority("accountHistory");
  }

  /** Keeps an account as it is in force; a version never changes. */
  void keep(Document inForce) {
    Document kept = new Document(inForce);
    kept.put("_id", id(inForce.getString("_id"), Fields.number(inForce, "version")));
    Bulk.insertNew(history, List.of(kept));
  }

  List<Version> before(String account, long version, int limit) {
    if (limit == 0) {
      return List.of(); // which the server takes for no limit
    }
    return history
        .find(and(gte("_id", id(account, 0)), lt("_id", id(account, version))))
        .projection(Projections.exclude("json"))
        .sort(descending("_id"))
        .limit(limit)
        .map(AccountHistory::version)
        .into(new ArrayList<>());
  }

  Optional<Written> find(String account, long version) {
    return Optional.ofNullable(history.find(eq("_id", id(account, version))).first())
        .map(AccountHistory::written);
  }

  static Written written(Document document) {
    return new Written(version(document), document.getString("json"));
  }

  /** Those stored before it was kept have neither time nor name. */
  static Version version(Document document) {
    Date at = document.getDate("at");
    return new Version(
        Fields.number(document, "version"),
        at == null ? Instant.EPOCH : at.toInstant(),
        new Change(text(document, "who"), text(document, "what")));
  }

  private static String text(Document document, String field) {
    return document.get(field) instanceof String text ? text : "unknown";
  }

  private static String id(String account, long version) {
    return "%s/%012d".formatted(account, Math.clamp(version, 0, 999_999_999_999L));
  }
}
