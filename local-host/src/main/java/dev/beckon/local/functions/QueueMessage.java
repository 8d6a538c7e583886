package dev.beckon.local.functions;

import com.azure.core.util.BinaryData;
import com.azure.storage.queue.models.QueueMessageItem;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A received message, its body decoded.
 *
 * @param wire the body as it travelled
 */
record QueueMessage(QueueMessageItem item, String wire, BinaryData body) {

  /** Empty when the body is not in base64 and should be. */
  static Optional<QueueMessage> of(QueueMessageItem item, boolean base64) {
    String wire = item.getBody().toString();
    if (!base64) {
      return Optional.of(new QueueMessage(item, wire, item.getBody()));
    }
    try {
      return Optional.of(
          new QueueMessage(item, wire, BinaryData.fromBytes(Base64.getDecoder().decode(wire))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Only text is handed over as text; a function that takes bytes says so in its binding. */
  Input input(boolean binary) {
    return binary ? new Input.Bytes(body) : new Input.Text(body.toString());
  }

  Map<String, Input> metadata() {
    Map<String, Input> metadata = new HashMap<>();
    text().ifPresent(text -> metadata.put("QueueTrigger", new Input.Text(text)));
    metadata.put("Id", new Input.Text(item.getMessageId()));
    metadata.put("PopReceipt", new Input.Text(item.getPopReceipt()));
    metadata.put("DequeueCount", new Input.Json(Long.toString(item.getDequeueCount())));
    metadata.put("InsertionTime", time(item.getInsertionTime()));
    metadata.put("ExpirationTime", time(item.getExpirationTime()));
    metadata.put("NextVisibleTime", time(item.getTimeNextVisible()));
    return metadata;
  }

  private Optional<String> text() {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(body.toByteBuffer()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static Input time(OffsetDateTime time) {
    return new Input.Json("\"" + time + "\"");
  }
}
