package dev.beckon.memory;

import dev.beckon.account.AccountSource;
import dev.beckon.account.AccountSourceContract;
import java.time.Clock;

class MemoryAccountsTest extends AccountSourceContract {
  private final MemoryAccounts accounts = new MemoryAccounts(Clock.systemUTC());

  @Override
  protected AccountSource accounts() {
    return accounts;
  }
}
