package dev.beckon.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request, decoded and bounded; its body is still to be read, once.
 *
 * @param method upper case
 * @param path decoded, without the query; begins with a slash and holds neither control characters
 *     nor the segments {@code .} and {@code ..}
 * @param query values by name, in order of arrival
 * @param headers values by name in lower case, in order of arrival
 * @param source the address of the sender as the host saw it, empty when it does not know. For
 *     limits, never for a log
 * @param id how the host names this request in its own log
 */
public record WebRequest(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    RawBody body,
    String source,
    String id) {
  private static final String FORM = "application/x-www-form-urlencoded";

  /**
   * Reads the body and undoes its coding.
   *
   * @param most bytes, before the coding is undone and after
   * @throws UnreadableRequestException when it is longer, or not what it says it is
   */
  public WebBody read(int most) throws UnreadableRequestException {
    return new WebBody(ContentCoding.undo(headerList("content-encoding"), body.read(most), most));
  }

  /**
   * Reads the body as the fields of a form; an empty one has none.
   *
   * @param most bytes
   * @throws UnreadableRequestException when it is longer, or no form
   */
  public Map<String, List<String>> form(int most) throws UnreadableRequestException {
    WebBody body = read(most);
    String type = header("content-type").orElse("").split(";", 2)[0].strip();
    if (body.length() > 0 && !type.equalsIgnoreCase(FORM)) {
      throw new UnreadableRequestException(415, "the body is no form; send it as " + FORM);
    }
    return RequestReader.pairs(body.text(), "form");
  }

  /** A header's value; of several, as one list (RFC 9110 §5.3). */
  public Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }

  /** The members of a header that is a list, however many lines it came in. */
  public List<String> headerList(String name) {
    List<String> members = new ArrayList<>();
    for (String line : headers.getOrDefault(name, List.of())) {
      for (String member : line.split(",", -1)) {
        if (!member.isBlank()) {
          members.add(member.strip());
        }
      }
    }
    return members;
  }

  /** Names nothing but the host's id: all else may hold a token or an address. */
  @Override
  public String toString() {
    return "WebRequest[" + id + "]";
  }
}
