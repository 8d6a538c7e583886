package dev.beckon.memory;

import dev.beckon.operations.ErasureOrders;
import dev.beckon.operations.ErasureOrdersContract;

class MemoryErasureOrdersTest extends ErasureOrdersContract {
  private final MemoryErasureOrders orders = new MemoryErasureOrders();

  @Override
  protected ErasureOrders orders() {
    return orders;
  }
}
