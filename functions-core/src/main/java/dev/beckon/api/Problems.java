package dev.beckon.api;

import dev.beckon.web.Problem;
import dev.beckon.web.Problem.Fault;
import dev.beckon.web.ProblemException;
import java.util.List;

/** The problems that several endpoints tell of. */
final class Problems {
  private Problems() {}

  /** Fields of a request that cannot be taken. */
  static ProblemException invalid(List<Fault> faults) {
    return new ProblemException(
        new Problem(
            422,
            "invalid-request",
            "Something in the request cannot be taken",
            faults.size() == 1
                ? "see errors for the field and what helps"
                : faults.size() + " fields are wrong: see errors for each and what helps",
            faults));
  }

  /** One field that cannot be taken. */
  static ProblemException invalid(String path, String reason, String remedy) {
    return invalid(List.of(new Fault(path, reason, remedy)));
  }

  /**
   * There is no such thing, or not for this caller: which of both is not told.
   *
   * @param what such as {@code dispatch}
   */
  static ProblemException missing(String what) {
    return new ProblemException(
        new Problem(
            404,
            "not-found",
            "There is no such thing",
            "there is no such " + what + " in this account; look at how its name is written"));
  }

  /** What is wanted does not go together with how things stand. */
  static ProblemException conflict(String code, String detail) {
    return new ProblemException(
        new Problem(409, code, "It cannot be done as things stand", detail));
  }
}
