package dev.beckon.memory;

import dev.beckon.account.AccountSource;
import dev.beckon.account.AccountSourceContract;

class MemoryAccountsTest extends AccountSourceContract {
  private final MemoryAccounts accounts = new MemoryAccounts();

  @Override
  protected AccountSource accounts() {
    return accounts;
  }
}
