package dev.beckon.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.WriteModel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;

/** Unordered bulk writes in which a repeated key is an answer, not an error. */
final class Bulk {
  private static final int DUPLICATE_KEY = 11_000;

  private Bulk() {}

  /**
   * Inserts documents; those whose id is there already are left as they are.
   *
   * @return the positions of those
   */
  static <T> Set<Integer> insertNew(MongoCollection<T> collection, List<T> documents) {
    if (documents.isEmpty()) {
      return Set.of();
    }
    try {
      collection.insertMany(documents, new InsertManyOptions().ordered(false));
      return Set.of();
    } catch (MongoBulkWriteException e) {
      return onlyDuplicates(e);
    }
  }

  /** Runs writes and returns the positions of those that met a key that is there already. */
  static Set<Integer> write(
      MongoCollection<Document> collection, List<? extends WriteModel<Document>> writes) {
    if (writes.isEmpty()) {
      return Set.of();
    }
    try {
      collection.bulkWrite(writes, new BulkWriteOptions().ordered(false));
      return Set.of();
    } catch (MongoBulkWriteException e) {
      return onlyDuplicates(e);
    }
  }

  private static Set<Integer> onlyDuplicates(MongoBulkWriteException e) {
    Set<Integer> positions = new HashSet<>();
    for (BulkWriteError error : e.getWriteErrors()) {
      if (error.getCode() != DUPLICATE_KEY) {
        throw e;
      }
      positions.add(error.getIndex());
    }
    if (e.getWriteConcernError() != null) {
      throw e;
    }
    return positions;
  }
}
