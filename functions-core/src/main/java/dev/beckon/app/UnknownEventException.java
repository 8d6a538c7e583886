package dev.beckon.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.privacy.Scrubber;
import java.util.stream.Collectors;

/**
 * An event of a kind the function does not serve, as when a trigger was wired to the wrong one.
 * Names what was expected and the fields found, never their values.
 */
public final class UnknownEventException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int MOST_FIELDS = 15;

  /**
   * @param found in words of ours; what it quotes of an event is scrubbed already
   */
  public UnknownEventException(String expected, String found) {
    super("expected " + expected + "; found " + found);
  }

  /**
   * @param event whose fields are named
   */
  public UnknownEventException(String expected, JsonNode event) {
    this(expected, shape(event));
  }

  private static String shape(JsonNode event) {
    if (!event.isObject()) {
      return "no JSON object but " + event.getNodeType();
    }
    return "an object with the fields "
        + event
            .propertyStream()
            .limit(MOST_FIELDS)
            .map(field -> Scrubber.scrub(field.getKey()))
            .collect(Collectors.joining(", ", "[", "]"));
  }
}
