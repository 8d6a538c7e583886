package dev.beckon.mongo;

import dev.beckon.filedrop.ImportStore;
import dev.beckon.filedrop.ImportStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoImportsTest extends ImportStoreContract {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  @Override
  protected ImportStore store() {
    return new MongoImports(server.connection());
  }
}
