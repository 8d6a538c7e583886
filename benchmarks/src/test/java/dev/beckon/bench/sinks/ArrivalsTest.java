package dev.beckon.bench.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArrivalsTest {
  @Test
  void busiestSecond_noArrival_none() {
    Arrivals arrivals = new Arrivals();

    assertThat(arrivals.busiestSecond()).isZero();
    assertThat(arrivals.seconds()).isZero();
  }

  @Test
  void busiestSecond_windowsOfAllBeginnings_findsTheFullest() {
    Arrivals arrivals = new Arrivals();

    for (long millis : new long[] {0, 900, 1_100, 1_800, 1_899, 2_200}) {
      arrivals.at(millis * 1_000_000);
    }

    assertThat(arrivals.count()).isEqualTo(6);
    assertThat(arrivals.busiestSecond()).isEqualTo(4);
    assertThat(arrivals.seconds()).isEqualTo(2.2);
  }
}
