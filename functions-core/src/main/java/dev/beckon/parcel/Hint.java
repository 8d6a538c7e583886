package dev.beckon.parcel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of a queue message: names one stored thing, nothing else. Written as {@code
 * parcel/<id>}.
 */
public record Hint(Kind kind, String id) {

  /** What a hint names. */
  public enum Kind {
    PARCEL,
    CHUNK,
    IMPORT
  }

  private static final Pattern BODY =
      Pattern.compile("(parcel|chunk|import)/([A-Za-z0-9_.-]{1,200})");

  public static String parcel(String id) {
    return "parcel/" + id;
  }

  public static String chunk(String id) {
    return "chunk/" + id;
  }

  public static String importRun(String id) {
    return "import/" + id;
  }

  /** Empty when the body is not one of ours. */
  public static Optional<Hint> parse(String body) {
    Matcher matcher = BODY.matcher(body.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Kind kind =
        switch (matcher.group(1)) {
          case "parcel" -> Kind.PARCEL;
          case "chunk" -> Kind.CHUNK;
          default -> Kind.IMPORT;
        };
    return Optional.of(new Hint(kind, matcher.group(2)));
  }
}
