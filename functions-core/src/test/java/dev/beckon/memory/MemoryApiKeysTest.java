package dev.beckon.memory;

import dev.beckon.access.ApiKeyStore;
import dev.beckon.access.ApiKeyStoreContract;

class MemoryApiKeysTest extends ApiKeyStoreContract {
  private final MemoryApiKeys keys = new MemoryApiKeys();

  @Override
  protected ApiKeyStore keys() {
    return keys;
  }
}
