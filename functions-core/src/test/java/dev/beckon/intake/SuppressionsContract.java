package dev.beckon.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Suppressions} keeps. Each test starts without suppressions. */
public abstract class SuppressionsContract {
  private static final Instant NOW = Instant.parse("2026-03-05T12:00:00Z");

  protected abstract Suppressions suppressions();

  @Test
  void among_someSuppressed_tellsWhich() {
    suppressions().add("acme", "k1:aa", "unsubscribed", NOW);
    suppressions().add("acme", "k1:bb", "complained", NOW);

    assertThat(suppressions().among("acme", List.of("k1:aa", "k1:cc", "k1:bb")))
        .containsExactlyInAnyOrder("k1:aa", "k1:bb");
    assertThat(suppressions().among("acme", List.of("k1:cc"))).isEmpty();
    assertThat(suppressions().among("acme", List.of())).isEmpty();
  }

  @Test
  void among_otherAccount_isNotConcerned() {
    suppressions().add("acme", "k1:aa", "unsubscribed", NOW);

    assertThat(suppressions().among("other", List.of("k1:aa"))).isEmpty();
  }

  @Test
  void remove_some_leavesTheRestAndOtherAccounts() {
    suppressions().add("acme", "k1:aa", "unsubscribed", NOW);
    suppressions().add("acme", "k1:bb", "unsubscribed", NOW);
    suppressions().add("other", "k1:aa", "unsubscribed", NOW);

    suppressions().remove("acme", List.of("k1:aa", "k1:none"));
    suppressions().remove("acme", List.of());

    assertThat(suppressions().among("acme", List.of("k1:aa", "k1:bb"))).containsExactly("k1:bb");
    assertThat(suppressions().among("other", List.of("k1:aa"))).containsExactly("k1:aa");
  }

  @Test
  void add_twice_changesNothing() {
    suppressions().add("acme", "k1:aa", "unsubscribed", NOW);
    suppressions().add("acme", "k1:aa", "complained", NOW.plusSeconds(1));

    assertThat(suppressions().among("acme", List.of("k1:aa", "k1:aa"))).containsExactly("k1:aa");
  }
}
