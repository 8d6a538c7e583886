package dev.beckon.mongo;

import dev.beckon.batch.BatchStore;
import dev.beckon.batch.BatchStoreContract;
import dev.beckon.parcel.BatchGates;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoBatchStoreTest extends BatchStoreContract {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  @Override
  protected BatchStore batches() {
    return new MongoBatchStore(server.connection());
  }

  @Override
  protected BatchGates gates() {
    return new MongoBatchGates(server.connection());
  }
}
