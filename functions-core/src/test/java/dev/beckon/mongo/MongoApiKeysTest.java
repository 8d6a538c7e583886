package dev.beckon.mongo;

import dev.beckon.access.ApiKeyStore;
import dev.beckon.access.ApiKeyStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoApiKeysTest extends ApiKeyStoreContract {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  @Override
  protected ApiKeyStore keys() {
    return new MongoApiKeys(server.connection());
  }
}
