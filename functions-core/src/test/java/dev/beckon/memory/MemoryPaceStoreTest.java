package dev.beckon.memory;

import dev.beckon.pace.PaceStore;
import dev.beckon.pace.PaceStoreContract;

class MemoryPaceStoreTest extends PaceStoreContract {
  private final MemoryPaceStore paces = new MemoryPaceStore();

  @Override
  protected PaceStore paces() {
    return paces;
  }
}
