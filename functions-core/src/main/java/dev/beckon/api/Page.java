package dev.beckon.api;

import dev.beckon.web.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A page of a list.
 *
 * @param next the cursor of the page behind; empty when this is the last
 */
record Page<T>(List<T> items, Optional<String> next) {
  static final int USUAL = 50;
  static final int MOST = 500;

  Page {
    items = List.copyOf(items);
  }

  /**
   * What a caller asks for.
   *
   * @param after where the page before ended; empty for the first
   */
  record Asked(String after, int limit) {
    /** Of the parameters {@code after} and {@code limit}. */
    static Asked of(Call call) throws ProblemException {
      int limit = USUAL;
      Optional<String> given = call.query("limit");
      if (given.isPresent()) {
        if (!given.get().matches("[0-9]{1,4}")
            || Integer.parseInt(given.get()) < 1
            || Integer.parseInt(given.get()) > MOST) {
          throw Problems.invalid("limit", "is no number from 1 to " + MOST, "leave it out for 50");
        }
        limit = Integer.parseInt(given.get());
      }
      Optional<String> after = call.query("after");
      return new Asked(after.isEmpty() ? "" : opened(after.get()), limit);
    }

    /** Of fields of a body, the limit checked already. */
    static Asked of(String after, int limit) throws ProblemException {
      return new Asked(after.isEmpty() ? "" : opened(after), limit);
    }

    private static String opened(String cursor) throws ProblemException {
      try {
        return StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor)))
            .toString();
      } catch (IllegalArgumentException | CharacterCodingException e) {
        throw noCursor();
      }
    }

    /** For a cursor that names no place in the list it was sent to. */
    static ProblemException noCursor() {
      return Problems.invalid(
          "after", "is no cursor", "use the value of next in the page before, as it is");
    }

    /** A page of items of which one more was read than asked for, to know whether more follow. */
    <T> Page<T> page(List<T> oneMore, Function<T, String> place) {
      if (oneMore.size() <= limit) {
        return new Page<>(oneMore, Optional.empty());
      }
      List<T> items = oneMore.subList(0, limit);
      return new Page<>(items, Optional.of(cursor(place.apply(items.getLast()))));
    }
  }

  static String cursor(String place) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(place.getBytes(StandardCharsets.UTF_8));
  }
}
