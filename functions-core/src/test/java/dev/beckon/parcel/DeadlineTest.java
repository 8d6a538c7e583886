package dev.beckon.parcel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Clock at(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  @Test
  void passed_atTheMomentItself_isTrue() {
    assertThat(new Deadline(NOON, at(NOON.minusNanos(1))).passed()).isFalse();
    assertThat(new Deadline(NOON, at(NOON)).passed()).isTrue();
  }

  @Test
  void remaining_beforeAndAfter_isNeverNegative() {
    assertThat(Deadline.in(MINUTE, at(NOON)).remaining()).isEqualTo(MINUTE);
    assertThat(new Deadline(NOON, at(NOON.plusSeconds(9))).remaining()).isZero();
  }

  @Test
  void before_reserve_isEarlierByIt() {
    assertThat(Deadline.in(MINUTE, at(NOON)).before(Duration.ofSeconds(20)).at())
        .isEqualTo(NOON.plusSeconds(40));
  }

  @Test
  void atMost_longerAndShorter_takesTheEarlier() {
    Deadline deadline = Deadline.in(MINUTE, at(NOON));

    assertThat(deadline.atMost(Duration.ofSeconds(5)).at()).isEqualTo(NOON.plusSeconds(5));
    assertThat(deadline.atMost(Duration.ofHours(1))).isEqualTo(deadline);
  }
}
