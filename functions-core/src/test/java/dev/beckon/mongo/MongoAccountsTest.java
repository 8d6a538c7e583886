package dev.beckon.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.account.AccountSource;
import dev.beckon.account.AccountSourceContract;
import dev.beckon.account.Change;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoAccountsTest extends AccountSourceContract {
  private static final String ACCOUNT =
      """
      {"id": "acme", "name": "Acme",
       "vendorAccounts": {"mail": {"vendor": "simulator"}},
       "dispatches": {"welcome": {
         "routes": [{"channel": "email", "vendors": ["mail"]}],
         "templates": {"en": {"email": {"subject": "Hello", "text": "Hello"}}},
         "surveyLink": "https://survey.example/{token}"}},
       "feeds": {"guests": {"dispatch": "welcome", "recipients": {"email": "email"}}}}
      """;

  @RegisterExtension final MongoServerExtension server = new MongoServerExtension();

  @Override
  protected AccountSource accounts() {
    return new MongoAccounts(server.connection(), Duration.ZERO, Clock.systemUTC());
  }

  @Test
  void find_storedByAnotherProcessAMomentAgo_isReadPastTheCacheOnlyWhereItDoesNotSuffice() {
    AccountSource other = accounts();
    AccountSource cached =
        new MongoAccounts(server.connection(), Duration.ofHours(1), Clock.systemUTC());
    assertThat(cached.find("acme")).isEmpty();
    other.put(ACCOUNT, Change.whole("ann"));

    assertThat(cached.find("acme")).isEmpty();
    assertThat(cached.find("acme", account -> true)).isPresent();
    assertThat(cached.find("acme")).isPresent();

    other.put(ACCOUNT.replace("Acme", "Acme Ltd"), Change.whole("ann"));
    assertThat(cached.find("acme", account -> true).orElseThrow().name()).isEqualTo("Acme");
    assertThat(cached.latest("acme").orElseThrow().name()).isEqualTo("Acme Ltd");
  }

  @Test
  void ofFeed_configuredByAnotherProcessAMomentAgo_isFound() {
    AccountSource cached =
        new MongoAccounts(server.connection(), Duration.ofHours(1), Clock.systemUTC());
    assertThat(cached.ofFeed("guests")).isEmpty();
    accounts().put(ACCOUNT, Change.whole("ann"));

    assertThat(cached.ofFeed("guests")).isPresent();
    assertThat(cached.ofFeed("nobody")).isEmpty();
  }
}
