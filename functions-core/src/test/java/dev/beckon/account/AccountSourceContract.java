package dev.beckon.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.testing.Together;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AccountSource} keeps that is never stale. Each test starts without accounts.
 */
public abstract class AccountSourceContract {

  protected abstract AccountSource accounts();

  private static String json(String id, String name, String feed) {
    return """
    {"id": "%s", "name": "%s",
     "vendorAccounts": {"mail": {"vendor": "simulator"}},
     "dispatches": {"welcome": {
       "routes": [{"channel": "email", "vendors": ["mail"]}],
       "templates": {"en": {"email": {"subject": "Hello", "text": "Hello"}}},
       "surveyLink": "https://survey.example/{token}"}},
     "feeds": {"%s": {"dispatch": "welcome", "recipients": {"email": "email"}}}}
    """
        .formatted(id, name, feed);
  }

  @Test
  void put_new_isFoundAsVersionOne() {
    Account put = accounts().put(json("acme", "Acme", "guests"));

    assertThat(put.version()).isEqualTo(1);
    assertThat(accounts().find("acme").orElseThrow()).isEqualTo(put);
    assertThat(accounts().find("other")).isEmpty();
    assertThat(accounts().all()).containsExactly(put);
  }

  @Test
  void put_again_isTheNextVersion() {
    accounts().put(json("acme", "Acme", "guests"));
    accounts().put(json("acme", "Acme Ltd", "guests"));

    Account found = accounts().find("acme").orElseThrow();
    assertThat(found.version()).isEqualTo(2);
    assertThat(found.name()).isEqualTo("Acme Ltd");
  }

  @Test
  void put_byEightThreads_countsEachAsAVersion() throws Exception {
    Together.run(8, thread -> accounts().put(json("acme", "Acme " + thread, "guests")));

    assertThat(accounts().find("acme").orElseThrow().version()).isEqualTo(8);
  }

  @Test
  void put_invalid_storesNothing() {
    accounts().put(json("acme", "Acme", "guests"));

    assertThatThrownBy(() -> accounts().put("{\"id\": \"acme\", \"nmae\": 1}"))
        .isInstanceOf(InvalidAccountException.class);
    assertThat(accounts().find("acme").orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void ofFeed_twoAccounts_findsTheOwner() {
    accounts().put(json("acme", "Acme", "guests"));
    accounts().put(json("other", "Other", "callers"));

    assertThat(accounts().ofFeed("callers").orElseThrow().id()).isEqualTo("other");
    assertThat(accounts().ofFeed("none")).isEmpty();
    assertThat(accounts().all())
        .extracting(Account::id)
        .containsExactlyInAnyOrderElementsOf(List.of("acme", "other"));
  }

  @Test
  void put_feedOfAnotherAccount_isRefused() {
    accounts().put(json("acme", "Acme", "guests"));

    assertThatThrownBy(() -> accounts().put(json("other", "Other", "guests")))
        .isInstanceOf(InvalidAccountException.class)
        .hasMessageContaining("feeds.guests");
    assertThat(accounts().find("other")).isEmpty();
  }

  @Test
  void replace_versionItWasMadeFrom_storesTheNext() {
    accounts().put(json("acme", "Acme", "guests"));
    AccountSource.Written written = accounts().written("acme").orElseThrow();

    assertThat(written).isEqualTo(new AccountSource.Written(1, json("acme", "Acme", "guests")));
    assertThat(accounts().replace(json("acme", "Acme Ltd", "guests"), 1)).isTrue();
    assertThat(accounts().find("acme").orElseThrow().version()).isEqualTo(2);
    assertThat(accounts().find("acme").orElseThrow().name()).isEqualTo("Acme Ltd");
  }

  @Test
  void replace_anotherVersionOrNone_changesNothing() {
    assertThat(accounts().replace(json("acme", "Acme", "guests"), 1)).isFalse();
    assertThat(accounts().written("acme")).isEmpty();
    accounts().put(json("acme", "Acme", "guests"));
    accounts().put(json("acme", "Acme Two", "guests"));

    assertThat(accounts().replace(json("acme", "Acme Late", "guests"), 1)).isFalse();
    assertThat(accounts().find("acme").orElseThrow().name()).isEqualTo("Acme Two");
  }

  @Test
  void documents_ofSeveralAccounts_areAllAsWritten_inTheOrderOfTheirIds() {
    assertThat(accounts().documents()).isEmpty();
    accounts().put(json("other", "Other", "callers"));
    accounts().put(json("acme", "Acme", "guests"));
    accounts().put(json("acme", "Acme Ltd", "guests"));

    assertThat(accounts().documents().keySet()).containsExactly("acme", "other");
    assertThat(accounts().documents().get("acme"))
        .isEqualTo(new AccountSource.Written(2, json("acme", "Acme Ltd", "guests")));
  }
}
