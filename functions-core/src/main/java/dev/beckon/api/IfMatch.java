package dev.beckon.api;

import dev.beckon.web.Problem;
import dev.beckon.web.ProblemException;
import dev.beckon.web.WebRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The account's version as entity tag, and the versions a change may be made over (RFC 9110
 * §13.1.1).
 */
final class IfMatch {
  private static final String HEADER = "if-match";
  private static final Pattern TAG = Pattern.compile("\"([0-9]{1,12})\"");

  private IfMatch() {}

  static Map<String, String> tag(long version) {
    return Map.of("ETag", "\"" + version + "\"");
  }

  /** What a change says about the version it was made from; {@code *} is any. */
  static LongPredicate of(WebRequest request) throws ProblemException {
    List<String> tags = request.headerList(HEADER);
    if (tags.isEmpty()) {
      throw new ProblemException(
          new Problem(
              428,
              "version-needed",
              "The version it was made from is needed",
              "send the header If-Match with the ETag that was read with it, or * for whatever is in force"));
    }
    if (tags.equals(List.of("*"))) {
      return version -> true;
    }
    Set<Long> versions = new HashSet<>();
    for (String tag : tags) {
      Matcher version = TAG.matcher(tag);
      if (!version.matches()) {
        throw Problems.invalid(
            "If-Match",
            "is no version of the account",
            "use the value of the header ETag as it was read, quotation marks included");
      }
      versions.add(Long.parseLong(version.group(1)));
    }
    return versions::contains;
  }

  static ProblemException stale() {
    return new ProblemException(
        new Problem(
            412,
            "version-changed",
            "Somebody else changed it meanwhile",
            "read it again, make the change in what is there now, and send it with the new ETag"));
  }
}
