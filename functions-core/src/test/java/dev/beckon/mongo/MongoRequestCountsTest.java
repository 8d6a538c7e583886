package dev.beckon.mongo;

import dev.beckon.access.RequestCounts;
import dev.beckon.access.RequestCountsContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoRequestCountsTest extends RequestCountsContract {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  @Override
  protected RequestCounts counts() {
    return new MongoRequestCounts(server.connection());
  }
}
