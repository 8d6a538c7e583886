package dev.beckon.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.beckon.app.UnknownEventException;
import dev.beckon.privacy.Scrubber;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads what S3 tells of created objects: an <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">S3
 * notification</a>, plain or inside SNS, or EventBridge's "Object Created". Thread-safe.
 */
public final class S3Notifications {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final String EXPECTED =
      "an S3 notification, EventBridge's 'Object Created', either one inside SNS or SQS, or a hint"
          + " on the files queue";

  /** SNS around S3 is the deepest that AWS makes, once a queue's message is opened. */
  private static final int DEEPEST = 2;

  private final String bucket;

  /**
   * @param bucket the one whose objects count; an event of another is of another kind
   */
  public S3Notifications(String bucket) {
    this.bucket = bucket;
  }

  /**
   * The keys of the created objects, decoded, each once, in order of arrival; none for an event of
   * another thing that happens in our bucket, and for S3's test event.
   *
   * @throws UnknownEventException when it is of another kind, or tells of another bucket
   */
  public List<String> keys(JsonNode event) {
    Set<String> keys = new LinkedHashSet<>();
    created(event, DEEPEST, keys);
    return List.copyOf(keys);
  }

  /**
   * The same of an event's text.
   *
   * @throws UnknownEventException when it is of another kind, or no JSON at all
   */
  public List<String> keys(String event) {
    return keys(read(event));
  }

  /** The keys that a queue message tells of; empty when it tells of none, or is of another kind. */
  public List<String> keysIn(String body) {
    JsonNode event = read(body);
    if (!event.isObject()) {
      return List.of();
    }
    try {
      return keys(event);
    } catch (UnknownEventException e) {
      return List.of();
    }
  }

  private void created(JsonNode event, int depth, Set<String> keys) {
    if (depth == 0 || !event.isObject()) {
      throw new UnknownEventException(EXPECTED, event);
    }
    if ("s3:TestEvent".equals(event.path("Event").textValue())) {
      return; // S3 sends one when a notification is configured
    }
    if ("aws.s3".equals(event.path("source").textValue())) {
      if ("Object Created".equals(event.path("detail-type").textValue())) {
        requireOurs(event.path("detail"));
        // unlike a notification's, EventBridge's key is not URL-encoded
        keys.add(text(event.path("detail").path("object"), "key", event));
      }
    } else if ("Notification".equals(event.path("Type").textValue())) {
      created(read(text(event, "Message", event)), depth - 1, keys);
    } else if (event.path("Records").isArray()) {
      for (JsonNode record : event.path("Records")) {
        created(record, event, depth, keys);
      }
    } else {
      throw new UnknownEventException(EXPECTED, event);
    }
  }

  private void created(JsonNode record, JsonNode event, int depth, Set<String> keys) {
    switch (source(record)) {
      case "aws:sns" -> created(read(text(record.path("Sns"), "Message", event)), depth - 1, keys);
      case "aws:s3" -> {
        if (text(record, "eventName", event).startsWith("ObjectCreated:")) {
          requireOurs(record.path("s3"));
          keys.add(unescape(text(record.path("s3").path("object"), "key", event), event));
        }
      }
      default -> throw new UnknownEventException(EXPECTED, event);
    }
  }

  private void requireOurs(JsonNode told) {
    String name = told.path("bucket").path("name").asText("");
    if (!name.equals(bucket)) {
      throw new UnknownEventException(
          "objects of the bucket " + bucket,
          "one of the bucket '" + Scrubber.scrub(name) + "': remove its trigger");
    }
  }

  /** Which service made a record; SNS alone writes the field with a capital. */
  public static String source(JsonNode record) {
    return record.path("eventSource").asText(record.path("EventSource").asText());
  }

  /** The "missing" node when it is no JSON, for the parser's own message quotes it. */
  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  private static String unescape(String key, JsonNode event) {
    try {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new UnknownEventException(EXPECTED, event);
    }
  }

  private static String text(JsonNode parent, String field, JsonNode event) {
    String value = parent.path(field).textValue();
    if (value == null || value.isEmpty()) {
      throw new UnknownEventException(EXPECTED, event);
    }
    return value;
  }
}
