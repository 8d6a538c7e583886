package dev.beckon.mongo;

import dev.beckon.notices.NoticeStore;
import dev.beckon.notices.NoticeStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoNoticeStoreTest extends NoticeStoreContract {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  @Override
  protected NoticeStore store() {
    return new MongoNoticeStore(server.connection());
  }
}
