package dev.beckon.api;

import dev.beckon.invitation.SearchTooLongException;
import dev.beckon.web.Problem;
import dev.beckon.web.ProblemException;
import java.util.function.Supplier;

/** Looks that are given up before whoever asked stops waiting. */
final class InTime {
  private InTime() {}

  static <T> T look(Supplier<T> look) throws ProblemException {
    try {
      return look.get();
    } catch (SearchTooLongException e) {
      throw new ProblemException(
          new Problem(
              422,
              "search-too-broad",
              "The search takes too long",
              "it was given up after "
                  + ApiParts.PATIENCE.toSeconds()
                  + " s; narrow it by a batch, a recipient, a reference or fewer states"));
    }
  }
}
