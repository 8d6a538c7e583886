package dev.beckon.memory;

import dev.beckon.pace.PaceStore;
import java.util.HashMap;
import java.util.Map;

/** Lines of time in memory, for tests and samples. Thread-safe. */
public final class MemoryPaceStore implements PaceStore {
  private final Map<String, Line> lines = new HashMap<>();

  @Override
  public synchronized Answer book(String id, Wish wish) {
    Line line = lines.computeIfAbsent(id, any -> new Line(wish.earliest(), wish.day()));
    if (line.day < wish.day()) {
      line.day = wish.day();
      line.used = 0;
    }
    long left = Math.max(0, wish.quota() - line.used);
    if (left < wish.recipients()) {
      return new Answer.Spent((int) left);
    }
    if (line.next > wish.latest()) {
      return new Answer.Later(line.next);
    }
    long start = Math.max(line.next, wish.earliest());
    line.next = start + wish.length();
    line.used += wish.recipients();
    return new Answer.Booked(start, line.share, line.adapted);
  }

  @Override
  public synchronized void giveBack(String id, long end, long from, int recipients) {
    Line line = lines.get(id);
    if (line != null) {
      line.used -= recipients;
      if (line.next == end) {
        line.next = from;
      }
    }
  }

  @Override
  public synchronized long hold(String id, long until, long day) {
    Line line = lines.computeIfAbsent(id, any -> new Line(until, day));
    line.next = Math.max(line.next, until);
    return line.next;
  }

  @Override
  public synchronized void adapt(String id, long seen, double share, long now) {
    Line line = lines.get(id);
    if (line != null && line.adapted == seen) {
      line.share = share;
      line.adapted = now;
    }
  }

  /** Guarded by the store. */
  private static final class Line {
    long next;
    long day;
    long used;
    double share = 1;
    long adapted;

    Line(long next, long day) {
      this.next = next;
      this.day = day;
    }
  }
}
