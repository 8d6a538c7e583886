package dev.beckon.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link WorkQueue} keeps. Each test starts with an empty queue. */
public abstract class WorkQueueContract {

  protected abstract WorkQueue queue();

  /** Takes everything that waits on the queue off it. */
  protected abstract List<String> receiveAll();

  @Test
  void send_nothing_takesNothing() {
    assertThat(queue().send(List.of())).isEmpty();
    assertThat(receiveAll()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 11, 20, 237})
  void send_anyNumber_deliversEachBody(int n) {
    List<String> bodies = IntStream.range(0, n).mapToObj(i -> "parcel-" + i).toList();

    assertThat(queue().send(bodies)).isEmpty();

    assertThat(receiveAll()).containsExactlyInAnyOrderElementsOf(bodies);
  }

  @Test
  void send_textsOfEveryKind_arriveUnchanged() {
    List<String> bodies =
        List.of(
            "żółć-ü-日本-😀",
            "{\"parcel\":\"a&b<c>\"}",
            "a b+c%20d",
            "line\nbreak\tand tab",
            "x".repeat(1_000));

    assertThat(queue().send(bodies)).isEmpty();

    assertThat(receiveAll()).containsExactlyInAnyOrderElementsOf(bodies);
  }

  @Test
  void send_sameBodyTwiceInOneCall_arrivesAtLeastOnce() {
    assertThat(queue().send(List.of("twin", "twin", "other"))).isEmpty();

    assertThat(receiveAll()).contains("twin", "other");
  }

  @Test
  void send_manyShortBodies_packsByCountAndSize() {
    List<String> bodies = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      bodies.add(i + "é".repeat(450)); // two bytes each: just under the promised 1 KB
    }

    assertThat(queue().send(bodies)).isEmpty();

    assertThat(receiveAll()).containsExactlyInAnyOrderElementsOf(bodies);
  }
}
