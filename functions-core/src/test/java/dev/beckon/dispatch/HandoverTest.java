package dev.beckon.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HandoverTest {
  private final Handover<String, String> handover = new Handover<>(work -> work.charAt(0));

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
}
