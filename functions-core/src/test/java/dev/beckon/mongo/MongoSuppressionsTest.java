package dev.beckon.mongo;

import dev.beckon.intake.Suppressions;
import dev.beckon.intake.SuppressionsContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoSuppressionsTest extends SuppressionsContract {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  @Override
  protected Suppressions suppressions() {
    return new MongoSuppressions(server.connection());
  }
}
