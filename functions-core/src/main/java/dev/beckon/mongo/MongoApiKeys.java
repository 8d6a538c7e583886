package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.max;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import dev.beckon.access.ApiKey;
import dev.beckon.access.ApiKeyStore;
import dev.beckon.access.KeyGrant;
import dev.beckon.access.KeyKind;
import dev.beckon.access.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Keys in the collection {@code apiKeys}: of a key's text its SHA-256 alone. */
public final class MongoApiKeys implements ApiKeyStore {
  private final MongoCollection<Document> keys;

  public MongoApiKeys(MongoConnection connection) {
    this.keys = connection.collection("apiKeys");
  }

  @Override
  public void add(ApiKey key) {
    KeyGrant grant = key.grant();
    try {
      keys.insertOne(
          new Document("_id", key.id())
              .append("account", key.account())
              .append("name", grant.name())
              .append("kind", grant.kind().name())
              .append("scopes", names(grant.scopes()))
              .append("recipients", grant.recipients().stream().sorted().toList())
              .append("perMinute", grant.perMinute())
              .append("expires", date(grant.expires()))
              .append("digest", key.digest())
              .append("createdAt", date(key.createdAt()))
              .append("createdBy", key.createdBy())
              .append("revokedAt", date(key.revokedAt()))
              .append("lastUsedAt", date(key.lastUsedAt())));
    } catch (MongoWriteException e) {
      if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
        throw new IllegalStateException("there is a key of that id");
      }
      throw e;
    }
  }

  @Override
  public Optional<ApiKey> find(String id) {
    return Optional.ofNullable(keys.find(eq("_id", id)).map(MongoApiKeys::key).first());
  }

  @Override
  public List<ApiKey> list(String account, Set<KeyKind> kinds, String after, int limit) {
    return keys.find(and(eq("account", account), in("kind", names(kinds)), gt("_id", after)))
        .sort(Sorts.ascending("_id"))
        .limit(limit)
        .map(MongoApiKeys::key)
        .into(new ArrayList<>());
  }

  @Override
  public boolean revoke(String id, Instant at) {
    return keys.updateOne(
                and(eq("_id", id), eq("revokedAt", null)), set("revokedAt", Date.from(at)))
            .getMatchedCount()
        == 1;
  }

  @Override
  public void used(String id, Instant at) {
    keys.updateOne(eq("_id", id), max("lastUsedAt", Date.from(at)));
  }

  private static List<String> names(Collection<? extends Enum<?>> constants) {
    return constants.stream().map(Enum::name).sorted().toList();
  }

  private static @Nullable Date date(@Nullable Instant instant) {
    return instant == null ? null : Date.from(instant);
  }

  private static @Nullable Instant instant(Document document, String field) {
    Date date = document.getDate(field);
    return date == null ? null : date.toInstant();
  }

  private static ApiKey key(Document document) {
    KeyGrant grant =
        new KeyGrant(
            document.getString("name"),
            KeyKind.valueOf(document.getString("kind")),
            document.getList("scopes", String.class).stream()
                .map(Scope::valueOf)
                .collect(Collectors.toSet()),
            Set.copyOf(document.getList("recipients", String.class)),
            (int) Fields.number(document, "perMinute"),
            instant(document, "expires"));
    return new ApiKey(
        document.getString("_id"),
        document.getString("account"),
        grant,
        document.getString("digest"),
        document.getDate("createdAt").toInstant(),
        document.getString("createdBy"),
        instant(document, "revokedAt"),
        instant(document, "lastUsedAt"));
  }
}
