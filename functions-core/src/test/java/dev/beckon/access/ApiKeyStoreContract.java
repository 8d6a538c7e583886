package dev.beckon.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.beckon.testing.Together;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link ApiKeyStore} keeps. Each test starts with an empty store. */
public abstract class ApiKeyStoreContract {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Set<KeyKind> ALL = EnumSet.allOf(KeyKind.class);

  protected abstract ApiKeyStore keys();

  private static ApiKey key(String id, String account, KeyKind kind) {
    Set<String> recipients = kind == KeyKind.TEAM ? Set.of("k1:aa", "k1:bb") : Set.of();
    KeyGrant grant =
        new KeyGrant(
            "crm", kind, Set.of(Scope.READ, Scope.DISPATCH), recipients, 60, NOON.plusSeconds(9));
    return new ApiKey(id, account, grant, "digest of " + id, NOON, "ada", null, null);
  }

  @Test
  void find_stored_isAsItWas() {
    ApiKey stored = key("a1", "acme", KeyKind.TEAM);
    keys().add(stored);

    assertThat(keys().find("a1")).contains(stored);
    assertThat(keys().find("a2")).isEmpty();
  }

  @Test
  void add_sameIdAgain_isRefusedAndLeavesTheFirst() {
    keys().add(key("a1", "acme", KeyKind.LIVE));

    assertThatThrownBy(() -> keys().add(key("a1", "other", KeyKind.LIVE)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(keys().find("a1")).map(ApiKey::account).contains("acme");
  }

  @Test
  void list_account_isItsKeysOfTheseKindsById() {
    keys().add(key("c3", "acme", KeyKind.TEST));
    keys().add(key("a1", "acme", KeyKind.LIVE));
    keys().add(key("b2", "other", KeyKind.LIVE));
    keys().add(key("d4", "acme", KeyKind.TEAM));

    assertThat(ids(keys().list("acme", ALL, "", 10))).containsExactly("a1", "c3", "d4");
    assertThat(ids(keys().list("acme", ALL, "a1", 1))).containsExactly("c3");
    assertThat(ids(keys().list("acme", Set.of(KeyKind.TEST), "", 10))).containsExactly("c3");
    assertThat(keys().list("nobody", ALL, "", 10)).isEmpty();
  }

  @Test
  void revoke_again_keepsTheFirstTime() {
    keys().add(key("a1", "acme", KeyKind.LIVE));

    assertThat(keys().revoke("a1", NOON)).isTrue();
    assertThat(keys().revoke("a1", NOON.plusSeconds(5))).isFalse();
    assertThat(keys().revoke("a2", NOON)).isFalse();
    assertThat(keys().find("a1")).map(ApiKey::revokedAt).contains(NOON);
  }

  @Test
  void revoke_byEightThreads_isDoneByOne() throws Exception {
    keys().add(key("a1", "acme", KeyKind.LIVE));

    List<Boolean> all = Together.run(8, thread -> keys().revoke("a1", NOON));

    assertThat(all).containsOnlyOnce(true);
  }

  @Test
  void used_earlierThanNoted_changesNothing() {
    keys().add(key("a1", "acme", KeyKind.LIVE));

    keys().used("a1", NOON.plusSeconds(60));
    keys().used("a1", NOON);
    keys().used("a2", NOON);

    assertThat(keys().find("a1")).map(ApiKey::lastUsedAt).contains(NOON.plusSeconds(60));
    assertThat(keys().find("a2")).isEmpty();
  }

  private static List<String> ids(List<ApiKey> keys) {
    return keys.stream().map(ApiKey::id).toList();
  }
}
