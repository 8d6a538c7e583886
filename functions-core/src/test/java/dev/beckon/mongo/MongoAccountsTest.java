package dev.beckon.mongo;

import dev.beckon.account.AccountSource;
import dev.beckon.account.AccountSourceContract;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoAccountsTest extends AccountSourceContract {
  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  @Override
  protected AccountSource accounts() {
    return new MongoAccounts(server.connection(), Duration.ZERO, Clock.systemUTC());
  }
}
