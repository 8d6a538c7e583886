package dev.beckon.pace;

import dev.beckon.pace.BookedTime.Piece;
import dev.beckon.pace.BookedTime.Turn;
import dev.beckon.pace.PaceStore.Answer;
import dev.beckon.parcel.Deadline;
import dev.beckon.parcel.Lane;
import dev.beckon.privacy.Failures;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When one worker may call one vendor account: it books stretches of the account's time before it
 * claims rows, and each call waits for its moment in them. A moment that has passed by more than
 * the burst is void. One use; thread-safe, {@link #room} and {@link #close} by one thread.
 */
public final class Turns {
  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

  /** What is booked at once: two store calls a second keep one worker going. */
  private static final long STRETCH = Rate.SECOND / 2;

  /** How far ahead the bulk lane books: all that the priority lane ever waits for it. */
  private static final long BULK_AHEAD = Rate.SECOND / 2;

  /** The longest wait that a worker is paid for. */
  private static final long LONGEST_WAIT = 20 * Rate.SECOND;

  /** A claimed row waits no longer than this for its moment. */
  private static final long CLAIM_AHEAD = Rate.SECOND;

  /** What a call whose moment passed may wait for another one. */
  private static final long LONGEST_TURN = 3 * Rate.SECOND;

  /** Stretches that others were quicker to book: there are workers enough without this one. */
  private static final int ROUNDS = 6;

  private static final long MOST_FRUITLESS = 3 * Rate.SECOND;

  /** Lets time pass. */
  interface Sleeper {
    void sleep(long nanos) throws InterruptedException;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Pace pace;
  private final Rate rate;
  private final boolean shared;
  private final boolean bulk;
  private final Clock clock;
  private final Sleeper sleeper;
  private final BookedTime booked;
  private long askAgain = Long.MIN_VALUE;
  private long fruitlessSince = Long.MAX_VALUE;
  private long deferredUntil = Long.MIN_VALUE;
  private int promised;
  private int counted;
  private @Nullable Instant quotaSpent;

  Turns(Pace pace, Lane lane, Clock clock, Sleeper sleeper) {
    this.pace = pace;
    this.rate = pace.rate();
    this.booked = new BookedTime(rate);
    this.shared = pace.shared();
    this.bulk = lane == Lane.BULK;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /** How many rows may be claimed now, of so many wanted. */
  public int room(int wanted) {
    if (wanted <= 0 || pace.heldUntil(clock.instant()).isPresent()) {
      return 0;
    }
    if (!shared) {
      return wanted;
    }
    lock.lock();
    try {
      long now = now();
      int free = capacity(Long.MAX_VALUE, now) - promised;
      if (free < wanted && now >= askAgain) {
        book(wanted - free, now);
      }
      return Math.clamp(capacity(now + CLAIM_AHEAD, now) - promised, 0, wanted);
    } finally {
      lock.unlock();
    }
  }

  /** So many rows were claimed: each gets a moment, or is told that there is none. */
  public void promise(int rows) {
    lock.lock();
    try {
      promised += rows;
    } finally {
      lock.unlock();
    }
  }

  /** When there may be room again; now or earlier when there is. */
  public Instant again() {
    Instant now = clock.instant();
    Instant held = pace.heldUntil(now).orElse(now);
    if (!shared) {
      return held;
    }
    lock.lock();
    try {
      boolean ours = capacity(Long.MAX_VALUE, Pace.nanos(now)) > promised;
      long free =
          booked.first().filter(any -> ours).map(any -> any.start() - CLAIM_AHEAD).orElse(askAgain);
      Instant own = Pace.instant(Math.max(free, Pace.nanos(now)));
      return own.isAfter(held) ? own : held;
    } finally {
      lock.unlock();
    }
  }

  /** Until when the rest is better left to others or to a later time; empty to stay. */
  public Optional<Instant> deferred() {
    long now = now();
    Instant held = pace.heldUntil(clock.instant()).orElse(Instant.MIN);
    if (held.isAfter(Pace.instant(now + LONGEST_WAIT))) {
      return Optional.of(held);
    }
    lock.lock();
    try {
      return deferredUntil > now ? Optional.of(Pace.instant(deferredUntil)) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the moment of one promised call; false when it must not begin now. */
  public boolean await(int recipients, Deadline stop) throws InterruptedException {
    boolean turn = false;
    try {
      turn = wait(recipients, stop);
    } catch (RuntimeException e) {
      LOG.warn("a call found no moment and is tried again: {}", Failures.tell(e));
    }
    lock.lock();
    try {
      promised -= recipients;
      counted -= turn ? recipients : 0;
    } finally {
      lock.unlock();
    }
    return turn;
  }

  private boolean wait(int recipients, Deadline stop) throws InterruptedException {
    long giveUp = now() + LONGEST_TURN;
    while (true) {
      if (pace.heldUntil(clock.instant()).isPresent() || stop.passed()) {
        return false;
      }
      if (!shared) {
        return true;
      }
      Turn turn;
      long next;
      lock.lock();
      try {
        long now = now();
        turn = cut(recipients, now);
        if (turn == null && now >= askAgain) {
          book(Math.max(recipients, promised), now);
          turn = cut(recipients, now);
        }
        next = turn == null ? askAgain : turn.from();
      } finally {
        lock.unlock();
      }
      if (turn == null && (next > giveUp || now() > giveUp)) {
        return false;
      }
      for (long left = next - now(); left > 0; left = next - now()) {
        sleeper.sleep(left);
      }
      if (turn != null && now() <= turn.until() && pace.heldUntil(clock.instant()).isEmpty()) {
        return true;
      }
    }
  }

  /** Gives back what was booked and is not used. */
  public void close() {
    lock.lock();
    try {
      Optional<Piece> last = booked.takeLast();
      boolean quota = counted > 0 && rate.limits().dailyQuota() < Long.MAX_VALUE;
      if (last.isPresent() || quota) {
        Piece rest = last.orElse(new Piece(Long.MIN_VALUE, Long.MIN_VALUE));
        pace.giveBack(rest.end(), rest.start(), Math.max(0, counted));
      }
      counted = 0;
    } catch (RuntimeException e) {
      LOG.warn("booked time was not given back: {}", Failures.tell(e));
    } finally {
      lock.unlock();
    }
  }

  /** When the day's quota was found to be spent. */
  public Optional<Instant> quotaSpent() {
    lock.lock();
    try {
      return Optional.ofNullable(quotaSpent);
    } finally {
      lock.unlock();
    }
  }

  private long now() {
    return Pace.nanos(clock.instant());
  }

  private void book(int wanted, long now) {
    int most = Math.min(wanted, calls(STRETCH) * rate.batch());
    while (most > 0) {
      int fee = Math.max(0, capacity(Long.MAX_VALUE, now) + most - counted);
      PaceStore.Wish wish =
          new PaceStore.Wish(
              // half of the slack as credit; the other half to get from here to the vendor
              now - rate.slack(Math.min(most, rate.batch())) / 2,
              now + (bulk ? BULK_AHEAD : LONGEST_WAIT),
              length(most),
              fee,
              rate.limits().dailyQuota(),
              Pace.day(now));
      switch (pace.book(wish, now)) {
        case Answer.Booked(long start, double share, long adapted) -> {
          booked.add(new Piece(start, start + wish.length()));
          counted += fee;
          fruitlessSince = Long.MAX_VALUE;
          deferredUntil = Long.MIN_VALUE;
          return;
        }
        case Answer.Later(long next) -> {
          later(next, now);
          return;
        }
        case Answer.Spent(int left) -> {
          most -= fee - left;
          if (most <= 0) {
            quotaSpent = Pace.instant(now);
            askAgain = (Pace.day(now) + 1) * 86_400 * Rate.SECOND;
            deferredUntil = askAgain;
          }
        }
      }
    }
  }

  private void later(long next, long now) {
    askAgain = Math.max(next - (bulk ? BULK_AHEAD : LONGEST_WAIT), now + Rate.SECOND / 1_000);
    boolean ours = capacity(Long.MAX_VALUE, now) > 0; // then it may be our own time that is ahead
    fruitlessSince = ours ? Long.MAX_VALUE : Math.min(fruitlessSince, now);
    long fruitless =
        Math.clamp(ROUNDS * rate.cost(rate.batch(), pace.share()), MOST_FRUITLESS, LONGEST_WAIT);
    if (next - now > LONGEST_WAIT) {
      deferredUntil = next - CLAIM_AHEAD;
    } else if (bulk && now - fruitlessSince > fruitless) {
      deferredUntil = now + LONGEST_WAIT;
    }
  }

  /** Whole calls that begin in so much time, at least one. */
  private int calls(long time) {
    long cost = rate.cost(rate.batch(), pace.share());
    return Math.clamp(time / Math.max(1, cost), 1, Integer.MAX_VALUE / rate.batch());
  }

  private long length(int recipients) {
    int full = recipients / rate.batch();
    int rest = recipients % rate.batch();
    return full * rate.cost(rate.batch(), pace.share())
        + (rest == 0 ? 0 : rate.cost(rest, pace.share()));
  }

  /** Recipients that can still begin their call in what is booked, up to a time. */
  private int capacity(long limit, long now) {
    return rate.limits().hasRate()
        ? booked.capacity(limit, now, pace.share())
        : counted; // a quota alone takes up no time
  }

  private @Nullable Turn cut(int recipients, long now) {
    if (rate.limits().hasRate()) {
      return booked.cut(recipients, now, pace.share());
    }
    return counted >= recipients ? new Turn(now, Long.MAX_VALUE) : null;
  }
}
