package dev.beckon.pace;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stretches of a vendor account's time that one worker has booked and not used, earliest first.
 * Guarded by its owner.
 */
final class BookedTime {
  /** A stretch. */
  record Piece(long start, long end) {}

  /** When one call may begin. */
  record Turn(long from, long until) {}

  private final Rate rate;
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();

  BookedTime(Rate rate) {
    this.rate = rate;
  }

  void add(Piece piece) {
    if (piece.start() < piece.end()) {
      pieces.addLast(piece);
    }
  }

  Optional<Piece> first() {
    return Optional.ofNullable(pieces.peekFirst());
  }

  /** Empties it and returns its end. */
  Optional<Piece> takeLast() {
    Piece last = pieces.pollLast();
    pieces.clear();
    return Optional.ofNullable(last);
  }

  /** Recipients whose call can still begin, and begins before a time. */
  int capacity(long limit, long now, double share) {
    long cost = rate.cost(rate.batch(), share);
    long time = 0;
    for (Piece piece : pieces) {
      long start = Math.max(piece.start(), now - rate.slack(rate.batch()));
      if (start < limit) {
        long end =
            limit > Long.MAX_VALUE - cost ? piece.end() : Math.min(piece.end(), limit + cost);
        time += Math.max(0, end - start);
      }
    }
    // costs are rounded up to whole nanoseconds
    double recipients = (double) time / Math.max(1, cost) * rate.batch() + 0.01;
    return (int) Math.min(Integer.MAX_VALUE / 2, (long) recipients);
  }

  /** Takes the time of one call; null when too little is left. */
  @Nullable Turn cut(int recipients, long now, double share) {
    long cost = rate.cost(recipients, share);
    long slack = rate.slack(recipients);
    while (true) {
      removeBefore(now - slack);
      Piece first = pieces.peekFirst();
      if (first == null) {
        return null;
      }
      long missing = cost - recipients; // what rounding up may have added
      long end = first.start();
      for (Iterator<Piece> next = pieces.iterator(); next.hasNext() && missing > 0; ) {
        Piece piece = next.next();
        end = piece.start() + Math.min(missing, piece.end() - piece.start());
        missing -= piece.end() - piece.start();
      }
      if (missing > 0) {
        return null;
      }
      Turn turn = new Turn(end - cost, first.start() + slack);
      if (turn.from() <= turn.until()) {
        removeBefore(end);
        return turn;
      }
      pieces.removeFirst(); // it would be void before the rest of the call's time begins
    }
  }

  private void removeBefore(long time) {
    while (!pieces.isEmpty() && pieces.getFirst().start() < time) {
      Piece first = pieces.removeFirst();
      if (first.end() > time) {
        pieces.addFirst(new Piece(time, first.end()));
      }
    }
  }
}
