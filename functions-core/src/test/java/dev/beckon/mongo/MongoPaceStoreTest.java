package dev.beckon.mongo;

import dev.beckon.pace.PaceStore;
import dev.beckon.pace.PaceStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoPaceStoreTest extends PaceStoreContract {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  @Override
  protected PaceStore paces() {
    return new MongoPaceStore(server.connection());
  }
}
