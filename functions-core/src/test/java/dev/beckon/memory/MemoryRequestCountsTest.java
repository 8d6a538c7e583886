package dev.beckon.memory;

import dev.beckon.access.RequestCounts;
import dev.beckon.access.RequestCountsContract;

class MemoryRequestCountsTest extends RequestCountsContract {
  private final MemoryRequestCounts counts = new MemoryRequestCounts();

  @Override
  protected RequestCounts counts() {
    return counts;
  }
}
