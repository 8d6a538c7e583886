package dev.beckon.account;

import dev.beckon.memory.MemoryAccounts;
import java.time.Clock;

class TwinnedAccountsTest extends AccountSourceContract {
  private final AccountSource accounts = new TwinnedAccounts(new MemoryAccounts(Clock.systemUTC()));

  @Override
  protected AccountSource accounts() {
    return accounts;
  }
}
