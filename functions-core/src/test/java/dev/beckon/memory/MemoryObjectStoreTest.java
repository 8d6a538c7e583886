package dev.beckon.memory;

import dev.beckon.filedrop.ObjectStore;
import dev.beckon.filedrop.ObjectStoreContract;

class MemoryObjectStoreTest extends ObjectStoreContract {
  private final MemoryObjectStore store = new MemoryObjectStore();

  @Override
  protected ObjectStore store() {
    return store;
  }
}
