package dev.beckon.local.mailbox;

import java.util.List;
import java.util.stream.IntStream;

/** A few of many, evenly spaced from the first on. */
final class Spread {

  private Spread() {}

  static <T> List<T> over(List<T> all, int most) {
    int taken = Math.min(all.size(), most);
    return IntStream.range(0, taken)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / taken)))
        .toList();
  }
}
