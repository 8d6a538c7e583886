package dev.beckon.memory;

import dev.beckon.intake.Suppressions;
import dev.beckon.intake.SuppressionsContract;

class MemorySuppressionsTest extends SuppressionsContract {
  private final MemorySuppressions suppressions = new MemorySuppressions();

  @Override
  protected Suppressions suppressions() {
    return suppressions;
  }
}
