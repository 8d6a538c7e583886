package dev.beckon.local.poller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * What the event source sends a function and what it makes of the answer.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">the event</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">the
 *     answer</a>
 */
final class SqsEventJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SqsEventJson() {}

  static String event(List<Message> messages, String queueArn) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    var records = event.putArray("Records");
    for (Message message : messages) {
      ObjectNode one = records.addObject();
      one.put("messageId", message.messageId())
          .put("receiptHandle", message.receiptHandle())
          .put("body", message.body());
      ObjectNode attributes = one.putObject("attributes");
      message.attributesAsStrings().forEach(attributes::put);
      ObjectNode own = one.putObject("messageAttributes");
      message
          .messageAttributes()
          .forEach((name, value) -> {
            ObjectNode attribute = own.putObject(name);
            attribute.put("dataType", value.dataType());
            if (value.stringValue() != null) {
              attribute.put("stringValue", value.stringValue());
            }
            if (value.binaryValue() != null) {
              attribute.put(
                  "binaryValue",
                  Base64.getEncoder().encodeToString(value.binaryValue().asByteArray()));
            }
            attribute.putArray("stringListValues");
            attribute.putArray("binaryListValues");
          });
      one.put("md5OfBody", message.md5OfBody())
          .put("eventSource", "aws:sqs")
          .put("eventSourceARN", queueArn)
          .put("awsRegion", queueArn.split(":", -1)[3]);
    }
    return event.toString();
  }

  /**
   * The ids of messages to deliver again: those named, or all when the answer makes no sense or
   * names one that was not sent; none for an empty or null answer or list.
   */
  static Set<String> failures(String answer, List<Message> messages) {
    Set<String> all = messages.stream().map(Message::messageId).collect(Collectors.toSet());
    if (answer.isBlank()) {
      return Set.of();
    }
    try {
      JsonNode failures = JSON.readTree(answer).path("batchItemFailures");
      if (failures.isMissingNode() || failures.isNull()) {
        return Set.of();
      }
      if (!failures.isArray()) {
        return all;
      }
      Set<String> failed = new HashSet<>();
      for (JsonNode failure : failures) {
        String id = failure.path("itemIdentifier").asText("");
        if (!all.contains(id)) {
          return all;
        }
        failed.add(id);
      }
      return failed;
    } catch (JsonProcessingException e) {
      return all;
    }
  }
}
