package dev.beckon.notices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.testing.Together;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link NoticeStore} keeps. Each test starts with an empty one. */
public abstract class NoticeStoreContract {
  private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(900);

  protected abstract NoticeStore store();

  private Standing stored() {
    return store().load(List.of("acme/ops")).get("acme/ops");
  }

  @Test
  void begin_twice_keepsTheFirst() {
    store().begin("acme/ops", NOON);
    store().begin("acme/ops", LATER);

    assertThat(store().load(List.of("acme/ops", "acme/none")))
        .isEqualTo(Map.of("acme/ops", Standing.begun(NOON)));
  }

  @Test
  void replace_versionItWasMadeFrom_isStoredAsItIs() {
    store().begin("acme/ops", NOON);
    Standing taken = stored().taken(LATER, LATER.plusSeconds(60));

    assertThat(store().replace("acme/ops", taken)).isTrue();
    assertThat(stored()).isEqualTo(taken);

    Standing told = taken.told(LATER, List.of("5f0c"), LATER.plusSeconds(300));
    assertThat(store().replace("acme/ops", told)).isTrue();
    assertThat(stored()).isEqualTo(told);
    assertThat(stored().since("5f0c")).isEqualTo(NOON);
    assertThat(stored().since("other")).isEqualTo(LATER);
  }

  @Test
  void replace_otherVersionOrNone_changesNothing() {
    assertThat(store().replace("acme/ops", Standing.begun(NOON).taken(LATER, LATER))).isFalse();
    store().begin("acme/ops", NOON);
    Standing old = stored();
    store().replace("acme/ops", old.taken(LATER, LATER));
    Standing now = stored();

    assertThat(store().replace("acme/ops", old.told(LATER, List.of(), LATER))).isFalse();
    assertThat(stored()).isEqualTo(now);
  }

  @Test
  void replace_byEightThreads_letsOneWin() throws Exception {
    store().begin("acme/ops", NOON);
    Standing read = stored();

    List<Boolean> won =
        Together.run(
            8, thread -> store().replace("acme/ops", read.taken(LATER, LATER.plusSeconds(thread))));

    assertThat(won).containsOnlyOnce(true);
    assertThat(stored().heldUntil()).isEqualTo(LATER.plusSeconds(won.indexOf(true)));
  }
}
