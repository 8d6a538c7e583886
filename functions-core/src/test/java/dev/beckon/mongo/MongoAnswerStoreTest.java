package dev.beckon.mongo;

import dev.beckon.feedback.AnswerStore;
import dev.beckon.feedback.AnswerStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoAnswerStoreTest extends AnswerStoreContract {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  @Override
  protected AnswerStore store() {
    return new MongoAnswerStore(server.connection());
  }
}
