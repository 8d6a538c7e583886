package dev.beckon.memory;

import dev.beckon.parcel.BatchGates;
import dev.beckon.parcel.BatchGatesContract;

class MemoryBatchGatesTest extends BatchGatesContract {
  private final MemoryBatchGates gates = new MemoryBatchGates();

  @Override
  protected BatchGates gates() {
    return gates;
  }
}
