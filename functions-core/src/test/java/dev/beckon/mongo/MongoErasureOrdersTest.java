package dev.beckon.mongo;

import dev.beckon.operations.ErasureOrders;
import dev.beckon.operations.ErasureOrdersContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoErasureOrdersTest extends ErasureOrdersContract {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  @Override
  protected ErasureOrders orders() {
    return new MongoErasureOrders(server.connection());
  }
}
