package dev.beckon.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.beckon.pace.PaceStore.Answer;
import dev.beckon.pace.PaceStore.Answer.Booked;
import dev.beckon.pace.PaceStore.Answer.Later;
import dev.beckon.pace.PaceStore.Answer.Spent;
import dev.beckon.pace.PaceStore.Wish;
import dev.beckon.testing.Together;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link PaceStore} keeps. Each test starts with an empty store. */
public abstract class PaceStoreContract {
  private static final long SECOND = 1_000_000_000L;
  private static final long NOON = 1_772_712_000L * SECOND;
  private static final long TODAY = 20_517;
  private static final long ANY = Long.MAX_VALUE;

  protected abstract PaceStore paces();

  /** Wants a stretch that begins between now and a second later. */
  private Answer book(long now, long length, int recipients, long quota, long day) {
    return paces().book("acme/mail", new Wish(now, now + SECOND, length, recipients, quota, day));
  }

  private Answer book(long now, long length) {
    return book(now, length, 1, ANY, TODAY);
  }

  private static Booked at(long start) {
    return new Booked(start, 1.0, 0);
  }

  @Test
  void book_oneAfterTheOther_areAdjacentUntilTooFarAhead() {
    assertThat(book(NOON, SECOND)).isEqualTo(at(NOON));
    assertThat(book(NOON, SECOND / 2)).isEqualTo(at(NOON + SECOND));
    assertThat(book(NOON, SECOND)).isEqualTo(new Later(NOON + SECOND + SECOND / 2));
    assertThat(book(NOON + SECOND, SECOND)).isEqualTo(at(NOON + SECOND + SECOND / 2));
  }

  @Test
  void book_afterAPause_losesTheTimeNobodyUsed() {
    book(NOON, SECOND);

    assertThat(book(NOON + 60 * SECOND, SECOND)).isEqualTo(at(NOON + 60 * SECOND));
  }

  @Test
  void book_otherLine_isNotInTheWay() {
    book(NOON, 60 * SECOND);

    assertThat(paces().book("acme/text", new Wish(NOON, NOON, SECOND, 1, ANY, TODAY)))
        .isEqualTo(at(NOON));
  }

  @Test
  void book_quota_tellsWhatIsLeftAndBeginsAnewNextDay() {
    assertThat(book(NOON, 1, 7, 10, TODAY)).isInstanceOf(Booked.class);
    assertThat(book(NOON, 1, 4, 10, TODAY)).isEqualTo(new Spent(3));
    assertThat(book(NOON, 1, 3, 10, TODAY)).isInstanceOf(Booked.class);
    assertThat(book(NOON, 1, 1, 10, TODAY)).isEqualTo(new Spent(0));
    assertThat(book(NOON, 1, 10, 10, TODAY + 1)).isInstanceOf(Booked.class);
  }

  @Test
  void book_clockBehindAtMidnight_countsOnTheNewDay() {
    book(NOON, 1, 7, 10, TODAY + 1);

    assertThat(book(NOON, 1, 4, 10, TODAY)).isEqualTo(new Spent(3));
  }

  @Test
  void giveBack_lastBooking_isFreeAgain() {
    book(NOON, SECOND, 8, 10, TODAY);

    paces().giveBack("acme/mail", NOON + SECOND, NOON + SECOND / 4, 6);

    assertThat(book(NOON, 1, 8, 10, TODAY)).isEqualTo(at(NOON + SECOND / 4));
  }

  @Test
  void giveBack_somebodyBookedAfter_freesTheQuotaOnly() {
    book(NOON, SECOND, 8, 10, TODAY);
    book(NOON, SECOND, 2, 10, TODAY);

    paces().giveBack("acme/mail", NOON + SECOND, NOON, 8);

    assertThat(book(NOON + SECOND, SECOND, 8, 10, TODAY)).isEqualTo(at(NOON + 2 * SECOND));
  }

  @Test
  void giveBack_unknownLine_storesNothing() {
    paces().giveBack("acme/mail", NOON, NOON, 5);

    assertThat(book(NOON, SECOND, 1, 1, TODAY)).isEqualTo(at(NOON));
  }

  @Test
  void hold_line_movesNextForwardOnly() {
    assertThat(paces().hold("acme/mail", NOON + 60 * SECOND, TODAY)).isEqualTo(NOON + 60 * SECOND);
    assertThat(paces().hold("acme/mail", NOON + 5 * SECOND, TODAY)).isEqualTo(NOON + 60 * SECOND);
    assertThat(book(NOON, SECOND)).isEqualTo(new Later(NOON + 60 * SECOND));
  }

  @Test
  void adapt_seenAsItIs_changesTheShareOnce() {
    book(NOON, 1);
    paces().adapt("acme/mail", 0, 0.5, NOON);
    paces().adapt("acme/mail", 0, 0.25, NOON + 1);

    assertThat(book(NOON, 1)).isEqualTo(new Booked(NOON + 1, 0.5, NOON));
  }

  @Test
  void book_byEightThreads_givesEachStretchOnce() throws Exception {
    List<List<Answer>> all =
        Together.run(
            8,
            thread ->
                IntStream.range(0, 25)
                    .mapToObj(i ->
                        paces()
                            .book(
                                "acme/mail",
                                new Wish(NOON, NOON + 400 * SECOND, SECOND, 1, 150, TODAY)))
                    .toList());

    List<Long> starts =
        all.stream()
            .flatMap(List::stream)
            .filter(Booked.class::isInstance)
            .map(answer -> ((Booked) answer).start())
            .sorted()
            .toList();
    assertThat(starts).isEqualTo(IntStream.range(0, 150).mapToObj(i -> NOON + i * SECOND).toList());
  }
}
