package dev.beckon.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import dev.beckon.privacy.KeyVault;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Binary;

/** Wrapped account-day keys in the collection {@code dayKeys}. */
public final class MongoKeyVault implements KeyVault {
  private final MongoCollection<Document> keys;

  public MongoKeyVault(MongoConnection connection) {
    this.keys = connection.majority("dayKeys");
  }

  @Override
  public Optional<byte[]> find(String account, LocalDate day) {
    return Optional.ofNullable(keys.find(eq("_id", id(account, day))).first())
        .map(document -> document.get("wrapped", Binary.class).getData());
  }

  @Override
  public byte[] storeIfAbsent(String account, LocalDate day, byte[] wrapped) {
    Bulk.insertNew(
        keys,
        List.of(new Document("_id", id(account, day)).append("wrapped", new Binary(wrapped))));
    return find(account, day)
        .orElseThrow(() -> new IllegalStateException("a day key was erased while it was made"));
  }

  @Override
  public List<LocalDate> days(String account) {
    String prefix = account + "/";
    return keys
        .find(and(gte("_id", prefix), lt("_id", account + "0"))) // 0 is the next after /
        .projection(Projections.include("_id"))
        .map(document -> LocalDate.parse(document.getString("_id").substring(prefix.length())))
        .into(new ArrayList<>())
        .stream()
        .sorted()
        .toList();
  }

  @Override
  public void delete(String account, LocalDate day) {
    keys.deleteOne(eq("_id", id(account, day)));
  }

  private static String id(String account, LocalDate day) {
    return account + "/" + day;
  }
}
