package dev.beckon.memory;

import dev.beckon.filedrop.ObjectStore;
import dev.beckon.filedrop.ObjectStoreContract;
import java.time.Clock;

class MemoryObjectStoreTest extends ObjectStoreContract {
  private final MemoryObjectStore store = new MemoryObjectStore(Clock.systemUTC());

  @Override
  protected ObjectStore store() {
    return store;
  }
}
