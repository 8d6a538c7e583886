package dev.beckon.local.servers;

import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.EmptyIndex;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A database of {@link IndexedCollection}s. */
final class IndexedDatabase extends MemoryDatabase {

  IndexedDatabase(String databaseName, CursorRegistry cursorRegistry) {
    super(databaseName, cursorRegistry);
  }

  @Override
  protected MemoryCollection openOrCreateCollection(String name, CollectionOptions options) {
    return new IndexedCollection(this, name, options, cursorRegistry);
  }

  /** The collection does the work of a secondary index; the library only needs to know its name. */
  @Override
  protected Index<Integer> openOrCreateSecondaryIndex(
      String collectionName, String indexName, List<IndexKey> keys, boolean sparse) {
    return new EmptyIndex<>(indexName, keys);
  }

  @Override
  public Document handleCommand(
      Channel channel, String command, Document query, DatabaseResolver databases, Oplog oplog) {
    Document match = command.equalsIgnoreCase("aggregate") ? firstMatch(query) : null;
    if (match != null
        && query.get(command) instanceof String name
        && resolveCollection(name, false) instanceof IndexedCollection collection) {
      return collection.startingWith(
          match, () -> super.handleCommand(channel, command, query, databases, oplog));
    }
    Document answer = super.handleCommand(channel, command, query, databases, oplog);
    if (command.equalsIgnoreCase("insert")) {
      countOnlyInserted(query, answer);
    }
    return answer;
  }

  private static @Nullable Document firstMatch(Document query) {
    return query.get("pipeline") instanceof List<?> stages
            && !stages.isEmpty()
            && stages.get(0) instanceof Document stage
            && stage.get("$match") instanceof Document match
        ? match
        : null;
  }

  /** The library answers the number of documents sent, whatever became of them. */
  private static void countOnlyInserted(Document query, Document answer) {
    if (answer.get("writeErrors") instanceof List<?> errors
        && !errors.isEmpty()
        && errors.get(0) instanceof Document first
        && query.get("documents") instanceof List<?> sent) {
      answer.put(
          "n",
          Utils.isTrue(query.get("ordered")) ? first.get("index") : sent.size() - errors.size());
    }
  }
}
