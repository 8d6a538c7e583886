package dev.beckon.azure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.app.Delivery;
import dev.beckon.app.UnknownEventException;
import dev.beckon.s3.S3Location;
import dev.beckon.s3.S3Notifications;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/**
 * Reads messages of the files queue: events of Event Grid, or of S3 where files lie there, and
 * hints of our own. Thread-safe.
 */
final class FileMessages {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final Function<JsonNode, List<String>> events;

  /**
   * @param place where files are dropped, as the configuration names it: only its events count
   */
  FileMessages(URI place) {
    this.events =
        S3Location.isMeant(place.toString())
            ? new S3Notifications(S3Location.parse(place.toString()).bucket())::keys
            : new BlobEvents(place)::keys;
  }

  /**
   * What a message tells.
   *
   * @param keys of created files
   * @param hints the message, when it is no event
   */
  record Told(List<String> keys, List<Delivery> hints) {
    boolean isNothing() {
      return keys.isEmpty() && hints.isEmpty();
    }
  }

  /**
   * Decodes one message.
   *
   * @throws UnknownEventException when it is an event of another kind
   */
  Told decode(Delivery delivery) {
    JsonNode event = read(delivery.body());
    return event.isObject()
        ? new Told(events.apply(event), List.of())
        : new Told(List.of(), List.of(delivery));
  }

  /** Keys of the created files that a message tells of; empty when it tells of none. */
  List<String> keysIn(String body) {
    try {
      return decode(new Delivery("", body)).keys();
    } catch (UnknownEventException e) {
      return List.of();
    }
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
