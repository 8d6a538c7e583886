package dev.beckon.memory;

import dev.beckon.feedback.AnswerStore;
import dev.beckon.feedback.AnswerStoreContract;

class MemoryAnswerStoreTest extends AnswerStoreContract {
  private final MemoryAnswerStore store = new MemoryAnswerStore();

  @Override
  protected AnswerStore store() {
    return store;
  }
}
