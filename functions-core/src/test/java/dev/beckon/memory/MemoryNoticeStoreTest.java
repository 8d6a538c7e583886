package dev.beckon.memory;

import dev.beckon.notices.NoticeStore;
import dev.beckon.notices.NoticeStoreContract;

class MemoryNoticeStoreTest extends NoticeStoreContract {
  private final MemoryNoticeStore store = new MemoryNoticeStore();

  @Override
  protected NoticeStore store() {
    return store;
  }
}
