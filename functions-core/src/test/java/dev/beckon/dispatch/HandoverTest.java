package dev.beckon.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandoverTest {
  private final Handover<String, String> handover = new Handover<>(work -> work.charAt(0), 1);

  @Test
  void take_severalKinds_neverMixed() throws InterruptedException {
    handover.give(List.of("a1", "b1", "a2", "b2"));
    handover.close();

    assertThat(handover.take(10)).containsExactly("a1", "a2");
    assertThat(handover.take(10)).containsExactly("b1", "b2");
    assertThat(handover.take(10)).isNull();
  }

  @Test
  void take_fullBatchOfALaterKind_comesFirst() throws InterruptedException {
    handover.give(List.of("a1", "b1", "b2"));
    handover.give(List.of("b3", "b4", "a2", "b5"));
    handover.close();

    assertThat(handover.take(3)).containsExactly("b1", "b2", "b3");
    assertThat(handover.take(3)).containsExactly("a1", "a2");
    assertThat(handover.take(3)).containsExactly("b4", "b5");
  }

  @Test
  void take_severalShares_divideWhatWaits() throws InterruptedException {
    Handover<String, String> shared = new Handover<>(work -> work.charAt(0), 3);
    shared.give(List.of("a1", "a2", "a3", "a4", "a5", "a6", "a7"));
    shared.close();

    assertThat(shared.take(50)).containsExactly("a1", "a2", "a3");
    assertThat(shared.take(1)).containsExactly("a4");
    assertThat(shared.take(50)).containsExactly("a5");
    assertThat(shared.take(50)).containsExactly("a6");
    assertThat(shared.take(50)).containsExactly("a7");
    assertThat(shared.take(50)).isNull();
  }

  @Test
  void exchange_resultsOfSeveral_areCollectedTogether() throws InterruptedException {
    handover.give(List.of("a1", "a2", "a3"));

    assertThat(handover.take(1)).containsExactly("a1");
    assertThat(handover.exchange(List.of("one"), 1)).containsExactly("a2");
    assertThat(handover.exchange(List.of("two"), 1)).containsExactly("a3");

    assertThat(handover.collect(2, 60_000)).containsExactly("one", "two");
    assertThat(handover.collect(0, 0)).isEmpty();
  }

  @Test
  void collect_waitingForSeveral_comesBackWithTheLastOfThem() throws InterruptedException {
    List<String> collected = new ArrayList<>();
    Thread collector =
        Thread.ofVirtual()
            .start(() -> {
              try {
                collected.addAll(handover.collect(3, 60_000));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    handover.give(List.of("a1", "a2", "a3", "a4"));

    for (String result : List.of("one", "two", "three")) {
      handover.exchange(List.of(result), 1);
    }

    assertThat(collector.join(Duration.ofSeconds(30))).isTrue();
    assertThat(collected).containsExactly("one", "two", "three");
  }
}
