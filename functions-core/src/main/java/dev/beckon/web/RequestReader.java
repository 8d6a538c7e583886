package dev.beckon.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a {@link WebRequest} of a {@link RawRequest}: strict, once, and within bounds. The body is
 * left for whoever knows how large it may be.
 */
public final class RequestReader {
  /** Characters of path, query and headers together. */
  private static final int LONGEST_HEAD = 32 * 1024;

  private static final int MOST_PARAMETERS = 100;
  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,16}");
  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern DOTS = Pattern.compile("(.*/)?\\.\\.?(/.*)?", Pattern.DOTALL);

  private RequestReader() {}

  public static WebRequest read(RawRequest raw) throws UnreadableRequestException {
    long head = (long) raw.path().length() + raw.query().length();
    for (Map.Entry<String, String> header : raw.headers()) {
      head += header.getKey().length() + header.getValue().length();
    }
    if (head > LONGEST_HEAD) {
      throw new UnreadableRequestException(
          431, "path, query and headers are longer than " + LONGEST_HEAD + " characters");
    }
    if (!METHOD.matcher(raw.method()).matches()) {
      throw bad("the method is not a word of capital letters");
    }
    return new WebRequest(
        raw.method(),
        path(raw.path()),
        pairs(raw.query(), "query"),
        headers(raw.headers()),
        raw.body(),
        raw.source(),
        raw.id());
  }

  private static String path(String raw) throws UnreadableRequestException {
    if (!raw.startsWith("/")) {
      throw bad("the path does not begin with a slash");
    }
    // an encoded slash would be one segment to the sender and two to us
    if (raw.toUpperCase(Locale.ROOT).contains("%2F")) {
      throw bad("the path holds an encoded slash");
    }
    String path = decode(raw, "path");
    if (CONTROL.matcher(path).find() || path.contains("\\") || DOTS.matcher(path).matches()) {
      throw bad("the path holds a control character, a backslash or a segment of dots");
    }
    return path;
  }

  /**
   * Names and values as a form or a query has them.
   *
   * @param where they stand, for what is told when they mean nothing
   */
  static Map<String, List<String>> pairs(String raw, String where)
      throws UnreadableRequestException {
    if (raw.isEmpty()) {
      return Map.of();
    }
    String[] parameters = raw.split("&", -1);
    if (parameters.length > MOST_PARAMETERS) {
      throw bad("the " + where + " has more than " + MOST_PARAMETERS + " parameters");
    }
    Map<String, List<String>> pairs = new LinkedHashMap<>();
    for (String parameter : parameters) {
      if (!parameter.isEmpty()) {
        String[] parts = parameter.replace("+", "%20").split("=", 2);
        add(pairs, decode(parts[0], where), parts.length == 1 ? "" : decode(parts[1], where));
      }
    }
    return Map.copyOf(pairs);
  }

  private static Map<String, List<String>> headers(List<Map.Entry<String, String>> raw)
      throws UnreadableRequestException {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Map.Entry<String, String> header : raw) {
      String value = header.getValue().strip();
      if (!HEADER_NAME.matcher(header.getKey()).matches() || CONTROL.matcher(value).find()) {
        throw bad("a header's name is no token, or its value holds a control character");
      }
      add(headers, header.getKey().toLowerCase(Locale.ROOT), value);
    }
    return Map.copyOf(headers);
  }

  private static void add(Map<String, List<String>> map, String name, String value) {
    map.merge(
        name,
        List.of(value),
        (some, more) ->
            Stream.concat(some.stream(), more.stream()).collect(Collectors.toUnmodifiableList()));
  }

  /** Once and strictly: what does not decode means nothing, and is never guessed at. */
  private static String decode(String raw, String where) throws UnreadableRequestException {
    ByteBuffer bytes = ByteBuffer.allocate(3 * raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c <= ' ' || c > '~') {
        throw bad("the " + where + " holds a character that must be percent-encoded");
      }
      if (c != '%') {
        bytes.put((byte) c);
        continue;
      }
      int high = hex(raw, i + 1);
      int low = hex(raw, i + 2);
      if (high < 0 || low < 0) {
        throw bad("the " + where + " holds a % without two hexadecimal digits");
      }
      bytes.put((byte) (high << 4 | low));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw bad("the " + where + " is not UTF-8");
    }
  }

  private static int hex(String raw, int at) {
    return at < raw.length() && raw.charAt(at) < 0x80 ? Character.digit(raw.charAt(at), 16) : -1;
  }

  private static UnreadableRequestException bad(String message) {
    return new UnreadableRequestException(400, message);
  }
}
