package dev.beckon.memory;

import dev.beckon.parcel.ParcelStore;
import dev.beckon.parcel.ParcelStoreContract;

class MemoryParcelStoreTest extends ParcelStoreContract {
  private final MemoryParcelStore store = new MemoryParcelStore();

  @Override
  protected ParcelStore store() {
    return store;
  }
}
