package dev.beckon.mongo;

import dev.beckon.privacy.KeyVault;
import dev.beckon.privacy.KeyVaultContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoKeyVaultTest extends KeyVaultContract {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  @Override
  protected KeyVault vault() {
    return new MongoKeyVault(server.connection());
  }
}
