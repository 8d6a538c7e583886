package dev.beckon.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.check.Finding;
import dev.beckon.check.Finding.Mark;
import dev.beckon.local.doctor.Report.Entry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoundTest {
  private static Check good(String area) {
    return new Check(area, () -> List.of(Finding.good("fine")));
  }

  @Test
  void run_oneThrowsAndOneHangs_theOthersAreTold_inOrder() {
    CountDownLatch never = new CountDownLatch(1);
    Check throwing =
        new Check(
            "b",
            () -> {
              throw new IllegalStateException("no luck");
            });
    Check hanging =
        new Check(
            "c",
            () -> {
              never.await();
              return List.of();
            });

    List<Entry> entries =
        new Round(Duration.ofSeconds(1)).run(List.of(good("a"), throwing, hanging, good("d")));

    assertThat(entries).extracting(Entry::area).containsExactly("a", "b", "c", "d");
    assertThat(entries)
        .extracting(entry -> entry.finding().mark())
        .containsExactly(Mark.GOOD, Mark.WRONG, Mark.WRONG, Mark.GOOD);
    assertThat(entries.get(1).finding().what()).contains("no luck");
    assertThat(entries.get(2).finding().what()).isEqualTo("no answer within 1 s");
  }

  @Test
  void run_oneIgnoresItsInterrupt_returnsAllTheSame() {
    CountDownLatch over = new CountDownLatch(1);
    Check deaf =
        new Check(
            "deaf",
            () -> {
              while (over.getCount() > 0) {
                Thread.onSpinWait();
                Thread.yield();
              }
              return List.of();
            });
    try {
      assertThat(new Round(Duration.ofMillis(200)).run(List.of(deaf, good("a")))).hasSize(2);
    } finally {
      over.countDown();
    }
  }

  @Test
  void run_checksThatWaitForEachOther_areMadeAtOnce() {
    CyclicBarrier all = new CyclicBarrier(8);
    Check meeting =
        new Check(
            "meeting",
            () -> {
              all.await(10, TimeUnit.SECONDS);
              return List.of(Finding.good("met"));
            });

    assertThat(new Round(Duration.ofSeconds(20)).run(java.util.Collections.nCopies(8, meeting)))
        .extracting(entry -> entry.finding().mark())
        .containsOnly(Mark.GOOD)
        .hasSize(8);
  }
}
