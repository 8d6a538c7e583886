package dev.beckon.local.servers;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;

/** The in-memory backend with databases that keep their indexes sorted. */
final class IndexedBackend extends MemoryBackend {

  @Override
  public MemoryDatabase openOrCreateDatabase(String databaseName) {
    return new IndexedDatabase(databaseName, getCursorRegistry());
  }
}
