package dev.beckon.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import dev.beckon.intake.Suppressions;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;

/** Suppressions in the collection {@code suppressions}; the id is {@code <account>/<hash>}. */
public final class MongoSuppressions implements Suppressions {
  private final MongoCollection<Document> suppressions;

  public MongoSuppressions(MongoConnection connection) {
    this.suppressions = connection.collection("suppressions");
  }

  @Override
  public Set<String> among(String account, Collection<String> hashes) {
    Set<String> found = new HashSet<>();
    if (!hashes.isEmpty()) {
      String prefix = account + "/";
      suppressions
          .find(Raw.idIn(hashes.stream().map(hash -> prefix + hash).toList()))
          .projection(Projections.include("_id"))
          .forEach(document -> found.add(document.getString("_id").substring(prefix.length())));
    }
    return found;
  }

  @Override
  public void add(String account, String hash, String why, Instant at) {
    Bulk.insertNew(
        suppressions,
        List.of(
            new Document("_id", account + "/" + hash)
                .append("why", why)
                .append("at", Date.from(at))));
  }

  @Override
  public void remove(String account, Collection<String> hashes) {
    suppressions.deleteMany(Raw.idIn(hashes.stream().map(hash -> account + "/" + hash).toList()));
  }
}
