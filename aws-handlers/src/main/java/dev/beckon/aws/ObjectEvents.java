package dev.beckon.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.app.Delivery;
import dev.beckon.app.UnknownEventException;
import dev.beckon.privacy.Scrubber;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What invoked the file-drop function, decoded: an <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">S3
 * notification</a>, plain or inside SNS, SQS or both; EventBridge's "Object Created"; or hints of
 * our own on the files queue. Immutable.
 *
 * @param keys keys of created objects, decoded, each once, in order of arrival
 * @param hints queue messages that are no notification
 * @param rejected ids of queue messages that hold an event of another kind: to be delivered again,
 *     until the dead-letter queue keeps them
 * @param fromQueue whether SQS delivered this and expects a partial batch response
 */
record ObjectEvents(
    List<String> keys, List<Delivery> hints, Set<String> rejected, boolean fromQueue) {
  private static final Logger log = LoggerFactory.getLogger(ObjectEvents.class);
  private static final String EXPECTED =
      "an S3 notification, EventBridge's 'Object Created', either one inside SNS or SQS, or a hint"
          + " on the files queue";

  /** SQS around SNS around S3 is the deepest that AWS makes. */
  private static final int DEEPEST = 3;

  /**
   * Decodes one invocation. In an SQS event each message stands alone; any other event is taken or
   * refused whole.
   *
   * @param bucket the one whose objects count; an event of another is of another kind
   * @throws UnknownEventException when it is of another kind
   */
  static ObjectEvents decode(JsonNode event, String bucket) {
    JsonNode records = event.path("Records");
    if (!records.isArray() || !SqsBatches.SOURCE.equals(source(records.path(0)))) {
      List<String> keys = new ArrayList<>();
      created(event, bucket, DEEPEST, keys);
      return new ObjectEvents(List.copyOf(new LinkedHashSet<>(keys)), List.of(), Set.of(), false);
    }
    Set<String> keys = new LinkedHashSet<>();
    List<Delivery> hints = new ArrayList<>();
    Set<String> rejected = new LinkedHashSet<>();
    for (JsonNode message : records) {
      String id = text(message, "messageId", event);
      String body = message.path("body").asText();
      try {
        JsonNode inner = EventJson.read(body);
        if (inner.isObject()) {
          List<String> created = new ArrayList<>();
          created(inner, bucket, DEEPEST - 1, created);
          keys.addAll(created);
        } else {
          hints.add(new Delivery(id, body));
        }
      } catch (UnknownEventException e) {
        log.warn("message={} rejected reason='{}'", id, e.getMessage());
        rejected.add(id);
      }
    }
    return new ObjectEvents(List.copyOf(keys), List.copyOf(hints), rejected, true);
  }

  /** Keys of the created objects that a queue message tells of; empty when it tells of none. */
  static List<String> keysIn(String body, String bucket) {
    List<String> keys = new ArrayList<>();
    try {
      JsonNode event = EventJson.read(body);
      if (event.isObject()) {
        created(event, bucket, DEEPEST - 1, keys);
      }
    } catch (UnknownEventException e) {
      return List.of();
    }
    return List.copyOf(new LinkedHashSet<>(keys));
  }

  /**
   * What Lambda is answered: a partial batch response where SQS delivered, else nothing.
   *
   * @param again ids of the queue messages to deliver again
   */
  JsonNode response(Collection<String> again) {
    if (!fromQueue) {
      return JsonNodeFactory.instance.nullNode();
    }
    ObjectNode response = JsonNodeFactory.instance.objectNode();
    ArrayNode failures = response.putArray("batchItemFailures");
    again.forEach(id -> failures.addObject().put("itemIdentifier", id));
    return response;
  }

  private static void created(JsonNode event, String bucket, int depth, List<String> keys) {
    if (depth == 0 || !event.isObject()) {
      throw new UnknownEventException(EXPECTED, event);
    }
    if ("s3:TestEvent".equals(event.path("Event").textValue())) {
      return; // S3 sends one when a notification is configured
    }
    if ("aws.s3".equals(event.path("source").textValue())) {
      if ("Object Created".equals(event.path("detail-type").textValue())) {
        requireOurs(event.path("detail"), bucket);
        // unlike a notification's, EventBridge's key is not URL-encoded
        keys.add(text(event.path("detail").path("object"), "key", event));
      }
    } else if ("Notification".equals(event.path("Type").textValue())) {
      created(EventJson.read(text(event, "Message", event)), bucket, depth - 1, keys);
    } else if (event.path("Records").isArray()) {
      for (JsonNode record : event.path("Records")) {
        created(record, event, bucket, depth, keys);
      }
    } else {
      throw new UnknownEventException(EXPECTED, event);
    }
  }

  private static void created(
      JsonNode record, JsonNode event, String bucket, int depth, List<String> keys) {
    switch (source(record)) {
      case "aws:sns" ->
          created(
              EventJson.read(text(record.path("Sns"), "Message", event)), bucket, depth - 1, keys);
      case "aws:s3" -> {
        if (text(record, "eventName", event).startsWith("ObjectCreated:")) {
          requireOurs(record.path("s3"), bucket);
          keys.add(unescape(text(record.path("s3").path("object"), "key", event), event));
        }
      }
      default -> throw new UnknownEventException(EXPECTED, event);
    }
  }

  private static void requireOurs(JsonNode told, String bucket) {
    String name = told.path("bucket").path("name").asText("");
    if (!name.equals(bucket)) {
      throw new UnknownEventException(
          "objects of the bucket " + bucket,
          "one of the bucket '" + Scrubber.scrub(name) + "': remove its trigger");
    }
  }

  /** SNS alone writes the field with a capital. */
  private static String source(JsonNode record) {
    return record.path("eventSource").asText(record.path("EventSource").asText());
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
