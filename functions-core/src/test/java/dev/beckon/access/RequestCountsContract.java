package dev.beckon.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.access.RequestCounts.Taken;
import dev.beckon.testing.Together;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link RequestCounts} keeps. Each test starts with an empty store. */
public abstract class RequestCountsContract {
  private static final long NOW = 29_500_000;

  protected abstract RequestCounts counts();

  private Taken take(long minute, int wanted) {
    return counts().take("a1", minute, wanted, 10);
  }

  @Test
  void take_withinTheLimit_countsAll() {
    assertThat(take(NOW, 4)).isEqualTo(new Taken(4, 4));
    assertThat(take(NOW, 4)).isEqualTo(new Taken(4, 8));
  }

  @Test
  void take_moreThanIsLeft_givesTheRestAndThenNothing() {
    take(NOW, 8);

    assertThat(take(NOW, 4)).isEqualTo(new Taken(2, 10));
    assertThat(take(NOW, 1)).isEqualTo(new Taken(0, 10));
  }

  @Test
  void take_nextMinute_beginsAnew() {
    take(NOW, 10);

    assertThat(take(NOW + 1, 3)).isEqualTo(new Taken(3, 3));
  }

  @Test
  void take_clockBehind_countsOnTheMinuteThatIsKnown() {
    take(NOW + 1, 9);

    assertThat(take(NOW, 3)).isEqualTo(new Taken(1, 10));
  }

  @Test
  void take_otherCaller_isCountedApart() {
    take(NOW, 10);

    assertThat(counts().take("a2", NOW, 3, 10)).isEqualTo(new Taken(3, 3));
  }

  @Test
  void take_limitMadeSmaller_givesNothingMore() {
    take(NOW, 8);

    assertThat(counts().take("a1", NOW, 1, 5)).isEqualTo(new Taken(0, 8));
  }

  @Test
  void take_byEightThreads_givesNoMoreThanTheLimit() throws Exception {
    List<Integer> all =
        Together.run(
            8,
            thread ->
                IntStream.range(0, 20).map(i -> counts().take("a1", NOW, 1, 100).granted()).sum());

    assertThat(all.stream().mapToInt(Integer::intValue).sum()).isEqualTo(100);
  }
}
