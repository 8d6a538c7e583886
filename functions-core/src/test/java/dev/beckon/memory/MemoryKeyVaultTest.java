package dev.beckon.memory;

import dev.beckon.privacy.KeyVault;
import dev.beckon.privacy.KeyVaultContract;

class MemoryKeyVaultTest extends KeyVaultContract {
  private final MemoryKeyVault vault = new MemoryKeyVault();

  @Override
  protected KeyVault vault() {
    return vault;
  }
}
