package dev.beckon.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.parcel.BatchGates.State;
import dev.beckon.testing.Together;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link BatchGates} keeps. Each test starts with an empty store. */
public abstract class BatchGatesContract {
  private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");

  protected abstract BatchGates gates();

  private Map<String, State> all() {
    return gates().among(List.of("b1", "b2"));
  }

  @Test
  void among_nothingStored_isEmpty() {
    assertThat(all()).isEmpty();
    assertThat(gates().among(List.of())).isEmpty();
  }

  @Test
  void hold_new_isHeldAloneAndReleasedOnce() {
    gates().hold("b1", NOON);

    assertThat(all()).isEqualTo(Map.of("b1", State.HELD));
    assertThat(gates().release("b1", NOON)).isTrue();
    assertThat(gates().release("b1", NOON)).isFalse();
    assertThat(all()).isEqualTo(Map.of("b1", State.LIVE));
  }

  @Test
  void hold_releasedBefore_staysReleased() {
    gates().hold("b1", NOON);
    gates().release("b1", NOON);
    gates().hold("b1", NOON);

    assertThat(all()).isEqualTo(Map.of("b1", State.LIVE));
  }

  @Test
  void release_neverHeld_storesNothing() {
    assertThat(gates().release("b1", NOON)).isFalse();
    assertThat(all()).isEmpty();
  }

  @Test
  void cancel_anyState_isForGood() {
    gates().hold("b1", NOON);
    gates().cancel("b1", NOON);
    gates().cancel("b2", NOON);
    gates().cancel("b2", NOON);
    gates().hold("b2", NOON);

    assertThat(gates().release("b1", NOON)).isFalse();
    assertThat(gates().release("b2", NOON)).isFalse();
    assertThat(all()).isEqualTo(Map.of("b1", State.CANCELLED, "b2", State.CANCELLED));
  }

  @Test
  void releaseAndCancel_byEightThreads_endsCancelledAndReleasedAtMostOnce() throws Exception {
    gates().hold("b1", NOON);
    List<Boolean> released =
        Together.run(
            8,
            thread -> {
              if (thread == 0) {
                gates().cancel("b1", NOON);
                return false;
              }
              return gates().release("b1", NOON);
            });

    assertThat(released.stream().filter(won -> won)).hasSizeLessThan(2);
    assertThat(all()).isEqualTo(Map.of("b1", State.CANCELLED));
  }
}
