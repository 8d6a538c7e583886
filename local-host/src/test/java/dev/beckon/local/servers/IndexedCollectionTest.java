package dev.beckon.local.servers;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.EmptyIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.QueryParameters;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.backend.memory.index.MemoryUniqueIndex;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The narrowed collection beside the library's own, which reads everything. */
class IndexedCollectionTest {

  private final CursorRegistry cursors = new CursorRegistry();
  private final MemoryDatabase database = new MemoryDatabase("test", cursors);
  private final IndexedCollection indexed =
      new IndexedCollection(database, "rows", CollectionOptions.withDefaults(), cursors);
  private final MemoryCollection plain =
      new MemoryCollection(database, "rows", CollectionOptions.withDefaults(), cursors);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void randomWorkload_anySeed_givesTheSameAsThePlainBackend(long seed) {
    Random random = new Random(seed);
    index("_id_", true, "_id");
    index("code", true, "code");
    index("state_due", false, "state", "due");
    index("tags", false, "tags");
    boolean late = random.nextBoolean();
    if (!late) {
      index("nested", false, "in.side", "batch");
    }
    for (int step = 0; step < 2000; step++) {
      if (late && step == 1000) {
        index("nested", false, "in.side", "batch");
      }
      step(random, step);
    }
    assertThat(answers(indexed, new Document(), null, 0)).hasSizeGreaterThan(50);
  }

  private void step(Random random, int step) {
    switch (random.nextInt(8)) {
      case 0, 1 -> {
        Document document = document(random);
        same(collection -> {
          collection.addDocument(document.cloneDeeply());
          return null;
        });
      }
      case 2 -> {
        Document filter = filter(random);
        Document update = update(random);
        // which of several a single update takes is nobody's promise
        boolean many = !filter.containsKey("_id") || random.nextBoolean();
        boolean upsert = random.nextInt(4) == 0;
        same(collection ->
            collection.updateDocuments(
                filter.cloneDeeply(),
                update.cloneDeeply(),
                ArrayFilters.empty(),
                many,
                upsert && filter.get("_id") instanceof Integer,
                NoopOplog.get()));
      }
      case 3 -> {
        Document filter = filter(random).append("_id", random.nextInt(200));
        same(collection -> collection.deleteDocuments(filter.cloneDeeply(), 0, NoopOplog.get()));
      }
      case 4 -> {
        Document command =
            new Document("findAndModify", "rows")
                .append("query", filter(random))
                .append("sort", new Document("state", 1).append("due", -1).append("_id", 1))
                .append("update", update(random))
                .append("new", random.nextBoolean());
        same(collection -> collection.findAndModify(command.cloneDeeply()));
      }
      default -> {
        Document filter = filter(random);
        same(collection -> collection.count(filter.cloneDeeply(), 0, 0));
        Document sort = sort(random);
        int limit = sort == null ? 0 : random.nextInt(20);
        if (sort == null) {
          assertThat(answers(indexed, filter, null, 0))
              .describedAs("step %s: %s", step, filter)
              .containsExactlyInAnyOrderElementsOf(answers(plain, filter, null, 0));
        } else {
          assertThat(answers(indexed, filter, sort, limit))
              .describedAs("step %s: %s sorted by %s limit %s", step, filter, sort, limit)
              .isEqualTo(answers(plain, filter, sort, limit));
        }
      }
    }
  }

  @Test
  void claims_hundredThousandDocuments_examineOnlyTheNamed() {
    index("_id_", true, "_id");
    index("state_due", false, "state", "due");
    for (int i = 0; i < 100_000; i++) {
      indexed.addDocument(
          new Document("_id", "row" + i).append("state", "ACCEPTED").append("due", i));
    }
    List<String> ids = IntStream.range(0, 10_000).mapToObj(i -> "row" + i * 7).toList();
    long before = indexed.examined();

    Document claim =
        indexed.updateDocuments(
            new Document("_id", new Document("$in", ids))
                .append("state", new Document("$in", List.of("ACCEPTED", "RETRY")))
                .append("due", new Document("$lte", 1_000_000)),
            new Document("$set", new Document("state", "SENDING")),
            ArrayFilters.empty(),
            true,
            false,
            NoopOplog.get());
    assertThat(claim).containsEntry("nModified", 10_000);
    assertThat(indexed.examined() - before).isEqualTo(10_000);

    before = indexed.examined();
    Document due = new Document("state", "ACCEPTED").append("due", new Document("$gte", 50_000));
    assertThat(answers(indexed, due, new Document("due", 1), 100)).hasSize(100);
    assertThat(indexed.examined() - before).isLessThan(200);
  }

  private void index(String name, boolean unique, String... fields) {
    List<IndexKey> keys = Arrays.stream(fields).map(field -> new IndexKey(field, true)).toList();
    for (MemoryCollection collection : List.of(indexed, plain)) {
      collection.addIndex(
          unique
              ? new MemoryUniqueIndex(name, keys, !name.equals("_id_"))
              : new EmptyIndex<>(name, keys));
    }
  }

  private interface Operation {
    Object on(MemoryCollection collection);
  }

  private void same(Operation operation) {
    assertThat(attempt(operation, indexed)).isEqualTo(attempt(operation, plain));
  }

  private static Object attempt(Operation operation, MemoryCollection collection) {
    try {
      return operation.on(collection);
    } catch (MongoServerError refused) {
      return refused.getCode();
    }
  }

  private static List<Document> answers(
      MemoryCollection collection, Document filter, Document sort, int limit) {
    Document query = new Document("$query", filter).append("$orderby", sort);
    return collection.handleQuery(new QueryParameters(query, 0, limit)).collectDocuments().stream()
        .map(Document::cloneDeeply)
        .toList();
  }

  private static Object scalar(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> null;
      case 1 -> random.nextInt(5) + 0.5;
      case 2 -> (long) random.nextInt(8);
      case 3 -> (double) random.nextInt(8);
      case 4 -> Instant.ofEpochSecond(random.nextInt(5));
      case 5 -> random.nextBoolean();
      case 6 -> "text" + random.nextInt(6);
      case 7 -> random.nextInt(6) == 0 ? new Document("x", random.nextInt(2)) : "text1";
      default -> random.nextInt(8);
    };
  }

  private static Object tags(Random random) {
    return random.nextInt(3) == 0
        ? scalar(random)
        : new ArrayList<>(
            IntStream.range(0, random.nextInt(4)).mapToObj(i -> scalar(random)).toList());
  }

  private static Document document(Random random) {
    Document document =
        new Document(
                "_id",
                random.nextInt(4) == 0 ? "id" + random.nextInt(200) : (Object) random.nextInt(200))
            .append("state", "S" + random.nextInt(4))
            .append("batch", random.nextInt(3));
    if (random.nextInt(5) > 0) {
      document.append("due", scalar(random));
    }
    if (random.nextInt(3) == 0) {
      document.append("code", random.nextInt(500));
    }
    if (random.nextInt(3) == 0) {
      document.append("tags", tags(random));
    }
    if (random.nextInt(2) == 0) {
      Document inner = new Document("side", scalar(random));
      document.append(
          "in",
          random.nextInt(5) == 0
              ? new ArrayList<>(List.of(inner, new Document("side", 1)))
              : inner);
    }
    return document;
  }

  private static Object condition(Random random) {
    Set<Object> some = new LinkedHashSet<>();
    IntStream.range(0, random.nextInt(6)).forEach(i -> some.add(random.nextInt(200)));
    return switch (random.nextInt(7)) {
      case 0 -> new Document("$in", new ArrayList<>(some));
      case 1 -> new Document("$gt", random.nextInt(8)).append("$lt", random.nextInt(8));
      case 2 -> new Document("$lte", Instant.ofEpochSecond(random.nextInt(5)));
      case 3 -> new Document("$gte", "text2").append("$ne", "text3");
      case 4 -> new Document("$exists", random.nextBoolean());
      default -> scalar(random);
    };
  }

  private static Document filter(Random random) {
    Document filter = new Document();
    if (random.nextInt(3) == 0) {
      filter.append("_id", random.nextBoolean() ? random.nextInt(200) : condition(random));
    }
    if (random.nextInt(2) == 0) {
      filter.append("state", "S" + random.nextInt(4));
    }
    if (random.nextInt(3) == 0) {
      filter.append("due", condition(random));
    }
    if (random.nextInt(4) == 0) {
      filter.append("tags", condition(random));
    }
    if (random.nextInt(4) == 0) {
      filter.append("in.side", condition(random));
    }
    if (random.nextInt(6) == 0) {
      filter.append("code", condition(random));
    }
    if (random.nextInt(6) == 0) {
      filter.append(
          "$and",
          List.of(
              new Document("batch", random.nextInt(3)),
              new Document("$or", List.of(new Document("due", 1), new Document("state", "S1")))));
    }
    return filter;
  }

  private static Document update(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> new Document("$set", new Document("state", "S" + random.nextInt(4)));
      case 1 -> new Document("$set", new Document("due", scalar(random)));
      case 2 ->
          new Document("$inc", new Document("batch", 1)).append("$unset", new Document("due", ""));
      default ->
          new Document("$set", new Document("tags", tags(random)).append("note", random.nextInt()));
    };
  }

  private static Document sort(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> new Document("_id", 1);
      case 1 -> new Document("_id", -1);
      case 2 -> new Document("state", 1).append("_id", 1);
      case 3 -> new Document("state", -1).append("due", -1).append("_id", -1);
      default -> null;
    };
  }
}
