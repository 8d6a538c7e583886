package dev.beckon.mongo;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Every index an installation needs: made by migration, looked for by the doctor. */
final class DeclaredIndexes {
  static final Map<String, List<IndexModel>> BY_COLLECTION =
      Map.ofEntries(
          Map.entry(
              "invitations",
              List.of(
                  ascending("batch", "state"),
                  new IndexModel(Indexes.ascending("token"), new IndexOptions().unique(true)),
                  ascending("hash"),
                  ascending("sealedKey"),
                  ascending("state", "sendUntil"))),
          // Sweep takes them out; the index finds them, and is the second net.
          Map.entry("contacts", List.of(expiring("until", 2))),
          Map.entry(
              "parcels",
              List.of(
                  ascending("state", "due"),
                  ascending("account", "dispatch", "state", "due"),
                  ascending("account", "dispatch", "state", "nudgedAt"),
                  ascending("batch"))),
          Map.entry(
              "batches",
              List.of(
                  descending("account", "acceptedAt", "_id"),
                  descending("account", "dispatch", "acceptedAt", "_id"))),
          Map.entry(
              "imports",
              List.of(
                  ascending("state", "createdAt"),
                  ascending("feed", "createdAt"),
                  descending("account", "createdAt", "_id"),
                  // most files come by no upload
                  new IndexModel(Indexes.ascending("upload"), new IndexOptions().sparse(true)))),
          Map.entry("chunks", List.of(ascending("import"))),
          Map.entry(
              "events",
              List.of(
                  descending("at"),
                  new IndexModel(
                      Indexes.compoundIndex(
                          Indexes.ascending("account"), Indexes.descending("at", "_id"))))),
          Map.entry("answers", List.of(ascending("sealedKeys"))),
          Map.entry("apiKeys", List.of(ascending("account"))),
          // counts of a minute that is over are worth nothing
          Map.entry("requests", List.of(expiring("at", 1))));

  private DeclaredIndexes() {}

  private static IndexModel ascending(String... fields) {
    return new IndexModel(Indexes.ascending(fields));
  }

  private static IndexModel descending(String... fields) {
    return new IndexModel(Indexes.descending(fields));
  }

  private static IndexModel expiring(String field, long days) {
    return new IndexModel(
        Indexes.ascending(field), new IndexOptions().expireAfter(days, TimeUnit.DAYS));
  }
}
