package dev.beckon.mongo;

import dev.beckon.parcel.ParcelStore;
import dev.beckon.parcel.ParcelStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoParcelStoreTest extends ParcelStoreContract {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  @Override
  protected ParcelStore store() {
    return new MongoParcelStore(server.connection());
  }
}
