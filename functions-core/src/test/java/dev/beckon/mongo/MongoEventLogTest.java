package dev.beckon.mongo;

import dev.beckon.events.EventLog;
import dev.beckon.events.EventLogContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoEventLogTest extends EventLogContract {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  @Override
  protected EventLog log() {
    return new MongoEventLog(server.connection());
  }
}
