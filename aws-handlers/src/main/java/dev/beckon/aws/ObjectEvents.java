package dev.beckon.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.app.Delivery;
import dev.beckon.app.UnknownEventException;
import dev.beckon.s3.S3Notifications;
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

  /**
   * Decodes one invocation. In an SQS event each message stands alone; any other event is taken or
   * refused whole.
   *
   * @param notifications reads those of our bucket; an event of another is of another kind
   * @throws UnknownEventException when it is of another kind
   */
  static ObjectEvents decode(JsonNode event, S3Notifications notifications) {
    JsonNode records = event.path("Records");
    if (!records.isArray() || !SqsBatches.SOURCE.equals(S3Notifications.source(records.path(0)))) {
      return new ObjectEvents(notifications.keys(event), List.of(), Set.of(), false);
    }
    Set<String> keys = new LinkedHashSet<>();
    List<Delivery> hints = new ArrayList<>();
    Set<String> rejected = new LinkedHashSet<>();
    for (JsonNode message : records) {
      String id = messageId(message, event);
      String body = message.path("body").asText();
      try {
        JsonNode inner = EventJson.read(body);
        if (inner.isObject()) {
          keys.addAll(notifications.keys(inner));
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

  private static String messageId(JsonNode message, JsonNode event) {
    String id = message.path("messageId").textValue();
    if (id == null || id.isEmpty()) {
      throw new UnknownEventException("messages of SQS, each with its id", event);
    }
    return id;
  }
}
