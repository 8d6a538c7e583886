package dev.beckon.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Moments in requests. */
final class Moments {
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private Moments() {}

  /** A moment with its offset; null when there is none, or one that cannot be meant. */
  static @Nullable Instant of(
      String name, @Nullable String written, BiConsumer<String, String> problem) {
    if (written == null) {
      return null;
    }
    try {
      Instant moment = OffsetDateTime.parse(written).toInstant();
      if (!moment.isBefore(FIRST) && !moment.isAfter(LAST)) {
        return moment;
      }
    } catch (DateTimeException e) {
      // told below
    }
    problem.accept(name, "is no moment; write it as 2026-11-21T09:30:00Z");
    return null;
  }
}
