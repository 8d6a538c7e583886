package dev.beckon.local.servers;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.QueryParameters;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A collection that narrows every query by the best of its indexes and then matches what is left;
 * the library alone reads every document unless the filter's fields are exactly an index's. Every
 * entry holds this object's lock; what leaves it is copied, because updates change documents in
 * place while the network thread still writes an answer.
 */
final class IndexedCollection extends MemoryCollection {

  private final Map<String, SortedKeys> indexes = new LinkedHashMap<>();
  private final Map<Thread, Document> firstMatches = new ConcurrentHashMap<>();
  private boolean copying;
  private long examined;

  IndexedCollection(
      MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors) {
    super(database, name, options, cursors);
  }

  /** Documents compared with a filter since the start: the work done, for tests. */
  synchronized long examined() {
    return examined;
  }

  @Override
  public synchronized void addIndex(Index<Integer> index) {
    super.addIndex(index);
    if (!indexes.containsKey(index.getName())) {
      SortedKeys keys =
          new SortedKeys(index.getKeys().stream().map(IndexKey::getKey).toList(), index.isUnique());
      streamAllDocumentsWithPosition().forEach(at -> keys.add(at.getDocument(), at.getPosition()));
      indexes.put(index.getName(), keys);
    }
  }

  @Override
  public synchronized void dropIndex(String indexName) {
    super.dropIndex(indexName);
    indexes.remove(indexName);
  }

  @Override
  protected Integer addDocumentInternal(Document document) {
    Integer position = super.addDocumentInternal(document);
    indexes.values().forEach(keys -> keys.add(document, position));
    return position;
  }

  @Override
  protected void removeDocument(Integer position) {
    Document document = getDocument(position);
    indexes.values().forEach(keys -> keys.remove(document, position));
    super.removeDocument(position);
  }

  @Override
  protected void handleUpdate(Integer position, Document oldDocument, Document newDocument) {
    indexes.values().forEach(keys -> keys.replace(oldDocument, newDocument, position));
  }

  @Override
  protected boolean documentMatchesQuery(Document document, Document query) {
    examined++;
    return super.documentMatchesQuery(document, query);
  }

  @Override
  protected QueryResult queryDocuments(
      Document filter,
      @Nullable Document orderBy,
      int skip,
      int limit,
      int batchSize,
      @Nullable Document projection) {
    Document query = FilterBounds.flat(filter);
    IndexPlan plan = IndexPlan.choose(indexes.values(), query, orderBy, limit);
    if (plan == null) {
      return super.queryDocuments(query, orderBy, skip, limit, batchSize, projection);
    }
    Stream<Document> candidates = plan.positions().map(this::getDocument);
    return plan.sorted()
        ? matchDocumentsFromStream(
            plan.rest(), candidates, skip, limit, batchSize, null, projection)
        : matchDocumentsFromStream(
            candidates, plan.rest(), orderBy, skip, limit, batchSize, projection);
  }

  /**
   * An update of many ids goes id by id: the library would match each document found with the whole
   * list once more, to learn the position of an array element.
   */
  @Override
  public synchronized Document updateDocuments(
      Document filter,
      Document update,
      ArrayFilters arrayFilters,
      boolean multi,
      boolean upsert,
      Oplog oplog) {
    Document selector = FilterBounds.flat(filter);
    FilterBounds bounds = FilterBounds.of(selector);
    List<@Nullable Object> ids = bounds.values("_id");
    if (!multi || upsert || ids == null || ids.size() < 2 || !bounds.settles("_id", selector)) {
      return super.updateDocuments(selector, update, arrayFilters, multi, upsert, oplog);
    }
    int matched = 0;
    int modified = 0;
    for (Object id : ids) {
      Document one = selector.clone();
      one.put("_id", id);
      Document result = super.updateDocuments(one, update, arrayFilters, true, false, oplog);
      matched += number(result, "n");
      modified += number(result, "nModified");
    }
    return new Document("n", matched).append("nModified", modified);
  }

  private static int number(Document result, String name) {
    return result.get(name) instanceof Number number ? number.intValue() : 0;
  }

  /** Runs an aggregation whose first stage is this match, which then reads by index. */
  Document startingWith(Document match, Supplier<Document> aggregation) {
    firstMatches.put(Thread.currentThread(), match);
    try {
      return aggregation.get();
    } finally {
      firstMatches.remove(Thread.currentThread());
    }
  }

  @Override
  public Stream<Document> queryAllAsStream() {
    // only the outermost pipeline starts with it; a $facet or $lookup inside reads everything
    Document match = firstMatches.remove(Thread.currentThread());
    if (match == null) {
      return super.queryAllAsStream();
    }
    return StreamSupport.stream(
        handleQuery(new QueryParameters(new Document("$query", match), 0, 0)).spliterator(), false);
  }

  @Override
  public synchronized QueryResult handleQuery(QueryParameters parameters) {
    boolean outer = copying;
    // "query" is how findAndModify asks, which updates the very document it is given
    copying = !parameters.getQuerySelector().containsKey("query");
    try {
      return super.handleQuery(parameters);
    } finally {
      copying = outer;
    }
  }

  @Override
  protected QueryResult createQueryResult(List<Document> matched, int batchSize) {
    return super.createQueryResult(
        copying ? matched.stream().map(Document::cloneDeeply).toList() : matched, batchSize);
  }

  @Override
  public synchronized Document findAndModify(Document query) {
    return super.findAndModify(query).cloneDeeply();
  }

  @Override
  public synchronized int count(@Nullable Document query, int skip, int limit) {
    return super.count(query, skip, limit);
  }

  @Override
  public synchronized Document getStats() {
    return super.getStats();
  }

  @Override
  public synchronized Document validate() {
    return super.validate();
  }

  /** Sizes are of no use here, and measuring encodes every document twice an update. */
  @Override
  protected boolean tracksDataSize() {
    return false;
  }
}
