package dev.beckon.azurite;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the lines that the emulator prints of each answered request, in NCSA's common format. */
final class AccessLog {

  /** Method, account, container, key, query, status. */
  private static final Pattern PUT =
      Pattern.compile(".*\"PUT /[^/?]+/([^/?]+)/([^? ]+)(?:\\?(\\S*))? HTTP/[\\d.]+\" (\\d{3}) .*");

  private static final Pattern OPERATION = Pattern.compile("(?:.*&)?comp=([^&]*).*");

  private AccessLog() {}

  /** A blob that a request wrote. */
  record Created(String container, String key, String api) {}

  /** Empty for every line but that of a blob written. */
  static Optional<Created> created(String line) {
    Matcher put = PUT.matcher(line);
    if (!put.matches()) {
      return Optional.empty();
    }
    Matcher operation = OPERATION.matcher(put.group(3) == null ? "" : put.group(3));
    String comp = operation.matches() ? operation.group(1) : "";
    String api =
        switch (comp + " " + put.group(4)) {
          case " 201" -> "PutBlob";
          case "blocklist 201" -> "PutBlockList";
          case " 202" -> "CopyBlob"; // the one that is answered "accepted"
          default -> "";
        };
    return api.isEmpty()
        ? Optional.empty()
        : Optional.of(new Created(put.group(1), decoded(put.group(2)), api));
  }

  /** A plus sign in a path is one; only forms mean a blank by it. */
  private static String decoded(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
