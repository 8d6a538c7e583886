package dev.beckon.memory;

import dev.beckon.events.EventLog;
import dev.beckon.events.EventLogContract;

class MemoryEventLogTest extends EventLogContract {
  private final MemoryEventLog log = new MemoryEventLog();

  @Override
  protected EventLog log() {
    return log;
  }
}
