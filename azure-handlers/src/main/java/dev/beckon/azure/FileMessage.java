package dev.beckon.azure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.app.Delivery;
import dev.beckon.app.UnknownEventException;
import java.util.List;

/**
 * A message of the files queue, decoded: an event of a created file, or a hint of our own.
 * Immutable.
 *
 * @param keys of created files
 * @param hints the message, when it is no event
 */
record FileMessage(List<String> keys, List<Delivery> hints) {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /**
   * Decodes one message.
   *
   * @param bucket whose files count, as the configuration names it
   * @throws UnknownEventException when it is an event of another kind
   */
  static FileMessage decode(Delivery delivery, String bucket) {
    JsonNode event = read(delivery.body());
    return event.isObject()
        ? new FileMessage(keys(event, bucket), List.of())
        : new FileMessage(List.of(), List.of(delivery));
  }

  /** Keys of the created files that a message tells of; empty when it tells of none. */
  static List<String> keysIn(String body, String bucket) {
    try {
      JsonNode event = read(body);
      return event.isObject() ? keys(event, bucket) : List.of();
    } catch (UnknownEventException e) {
      return List.of();
    }
  }

  boolean isEmpty() {
    return keys.isEmpty() && hints.isEmpty();
  }

  private static List<String> keys(JsonNode event, String bucket) {
    return BlobEvents.keys(event, bucket);
  }

  /** The "missing" node when it is no JSON, for the parser's own message quotes it. */
  private static JsonNode read(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }
}
