package dev.beckon.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.account.AccountSource.Version;
import dev.beckon.testing.Together;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link AccountSource} keeps that is never stale. Each test starts without accounts.
 */
public abstract class AccountSourceContract {
  private static final Change BOB = new Change("bob", "changed dispatches.welcome");

  protected abstract AccountSource accounts();

  private Account put(String json) {
    return accounts().put(json, Change.whole("ann"));
  }

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
    Account put = put(json("acme", "Acme", "guests"));

    assertThat(put.version()).isEqualTo(1);
    assertThat(accounts().find("acme").orElseThrow()).isEqualTo(put);
    assertThat(accounts().find("other")).isEmpty();
    assertThat(accounts().all()).containsExactly(put);
  }

  @Test
  void put_again_isTheNextVersion() {
    put(json("acme", "Acme", "guests"));
    put(json("acme", "Acme Ltd", "guests"));

    Account found = accounts().find("acme").orElseThrow();
    assertThat(found.version()).isEqualTo(2);
    assertThat(found.name()).isEqualTo("Acme Ltd");
  }

  @Test
  void put_byEightThreads_countsEachAsAVersion() throws Exception {
    Together.run(8, thread -> put(json("acme", "Acme " + thread, "guests")));

    assertThat(accounts().find("acme").orElseThrow().version()).isEqualTo(8);
  }

  @Test
  void put_invalid_storesNothing() {
    put(json("acme", "Acme", "guests"));

    assertThatThrownBy(() -> put("{\"id\": \"acme\", \"nmae\": 1}"))
        .isInstanceOf(InvalidAccountException.class);
    assertThat(accounts().find("acme").orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void ofFeed_twoAccounts_findsTheOwner() {
    put(json("acme", "Acme", "guests"));
    put(json("other", "Other", "callers"));

    assertThat(accounts().ofFeed("callers").orElseThrow().id()).isEqualTo("other");
    assertThat(accounts().ofFeed("none")).isEmpty();
    assertThat(accounts().all())
        .extracting(Account::id)
        .containsExactlyInAnyOrderElementsOf(List.of("acme", "other"));
  }

  @Test
  void put_feedOfAnotherAccount_isRefused() {
    put(json("acme", "Acme", "guests"));

    assertThatThrownBy(() -> put(json("other", "Other", "guests")))
        .isInstanceOf(InvalidAccountException.class)
        .hasMessageContaining("feeds.guests");
    assertThat(accounts().find("other")).isEmpty();
  }

  @Test
  void replace_versionItWasMadeFrom_storesTheNext() {
    put(json("acme", "Acme", "guests"));
    AccountSource.Written written = accounts().written("acme").orElseThrow();

    assertThat(written.version()).isEqualTo(1);
    assertThat(written.json()).isEqualTo(json("acme", "Acme", "guests"));
    assertThat(accounts().replace(json("acme", "Acme Ltd", "guests"), 1, BOB)).isTrue();
    assertThat(accounts().find("acme").orElseThrow().version()).isEqualTo(2);
    assertThat(accounts().find("acme").orElseThrow().name()).isEqualTo("Acme Ltd");
  }

  @Test
  void replace_anotherVersionOrNone_changesNothing() {
    assertThat(accounts().replace(json("acme", "Acme", "guests"), 1, BOB)).isFalse();
    assertThat(accounts().written("acme")).isEmpty();
    put(json("acme", "Acme", "guests"));
    put(json("acme", "Acme Two", "guests"));

    assertThat(accounts().replace(json("acme", "Acme Late", "guests"), 1, BOB)).isFalse();
    assertThat(accounts().find("acme").orElseThrow().name()).isEqualTo("Acme Two");
  }

  @Test
  void documents_ofSeveralAccounts_areAllAsWritten_inTheOrderOfTheirIds() {
    assertThat(accounts().documents()).isEmpty();
    put(json("other", "Other", "callers"));
    put(json("acme", "Acme", "guests"));
    put(json("acme", "Acme Ltd", "guests"));

    assertThat(accounts().documents().keySet()).containsExactly("acme", "other");
    assertThat(accounts().documents().get("acme"))
        .isEqualTo(accounts().written("acme").orElseThrow());
    assertThat(accounts().documents().get("acme").json())
        .isEqualTo(json("acme", "Acme Ltd", "guests"));
  }

  @Test
  void versions_ofAnAccount_areNewestFirst_withWhoAndWhen_inPages() {
    for (int i = 1; i <= 12; i++) {
      put(json("acme", "Acme " + i, "guests"));
    }
    put(json("other", "Other", "callers"));
    accounts().replace(json("acme", "Acme 13", "guests"), 12, BOB);

    List<Version> first = accounts().versions("acme", Long.MAX_VALUE, 3);
    assertThat(first).extracting(Version::number).containsExactly(13L, 12L, 11L);
    assertThat(first.getFirst().change()).isEqualTo(BOB);
    assertThat(first.get(1).change()).isEqualTo(Change.whole("ann"));
    assertThat(first).extracting(Version::at).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(first.getLast().at()).isAfter(Instant.EPOCH);
    assertThat(accounts().versions("acme", 11, 100))
        .extracting(Version::number)
        .containsExactly(10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
    assertThat(accounts().versions("acme", 1, 100)).isEmpty();
    assertThat(accounts().versions("none", Long.MAX_VALUE, 100)).isEmpty();
  }

  @Test
  void version_olderOrInForce_isAsItWasWritten() {
    put(json("acme", "Acme", "guests"));
    put(json("acme", "Acme Ltd", "guests"));

    assertThat(accounts().version("acme", 1).orElseThrow().json())
        .isEqualTo(json("acme", "Acme", "guests"));
    assertThat(accounts().version("acme", 2)).isEqualTo(accounts().written("acme"));
    assertThat(accounts().version("acme", 3)).isEmpty();
    assertThat(accounts().version("other", 1)).isEmpty();
  }

  @Test
  void versions_byEightThreads_loseNone() throws Exception {
    Together.run(8, thread -> put(json("acme", "Acme " + thread, "guests")));

    assertThat(accounts().versions("acme", Long.MAX_VALUE, 100))
        .extracting(Version::number)
        .containsExactly(8L, 7L, 6L, 5L, 4L, 3L, 2L, 1L);
    assertThat(accounts().versions("acme", Long.MAX_VALUE, 100))
        .allSatisfy(version ->
            assertThat(accounts().version("acme", version.number()).orElseThrow().stored())
                .isEqualTo(version));
  }
}
