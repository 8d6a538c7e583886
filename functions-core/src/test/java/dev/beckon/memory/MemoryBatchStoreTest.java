package dev.beckon.memory;

import dev.beckon.batch.BatchStore;
import dev.beckon.batch.BatchStoreContract;
import dev.beckon.parcel.BatchGates;

class MemoryBatchStoreTest extends BatchStoreContract {
  private final MemoryBatchStore batches = new MemoryBatchStore();
  private final MemoryBatchGates gates = new MemoryBatchGates();

  @Override
  protected BatchStore batches() {
    return batches;
  }

  @Override
  protected BatchGates gates() {
    return gates;
  }
}
