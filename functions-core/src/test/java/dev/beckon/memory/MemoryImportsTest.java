package dev.beckon.memory;

import dev.beckon.filedrop.ImportStore;
import dev.beckon.filedrop.ImportStoreContract;

class MemoryImportsTest extends ImportStoreContract {
  private final MemoryImports store = new MemoryImports();

  @Override
  protected ImportStore store() {
    return store;
  }
}
