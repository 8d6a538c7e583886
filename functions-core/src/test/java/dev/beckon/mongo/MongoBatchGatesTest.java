package dev.beckon.mongo;

import dev.beckon.parcel.BatchGates;
import dev.beckon.parcel.BatchGatesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoBatchGatesTest extends BatchGatesContract {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  @Override
  protected BatchGates gates() {
    return new MongoBatchGates(server.connection());
  }
}
