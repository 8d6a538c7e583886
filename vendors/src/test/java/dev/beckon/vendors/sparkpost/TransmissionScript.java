package dev.beckon.vendors.sparkpost;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.vendor.HttpPeer;
import dev.beckon.vendor.VendorPeer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads transmissions and answers them as the documentation shows. */
final class TransmissionScript implements HttpPeer.Script {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The values of a recipient, those of the whole transmission included. */
  static Map<String, String> values(JsonNode body, JsonNode recipient) {
    Map<String, String> values = new HashMap<>();
    body.path("substitution_data")
        .properties()
        .forEach(value -> values.put(value.getKey(), value.getValue().asText()));
    recipient
        .path("substitution_data")
        .properties()
        .forEach(value -> values.put(value.getKey(), value.getValue().asText()));
    return values;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<VendorPeer.Received> read(HttpPeer.Request request, int number) {
    JsonNode body = json(request.body());
    List<VendorPeer.Received> messages = new ArrayList<>();
    for (JsonNode recipient : body.get("recipients")) {
      messages.add(
          new VendorPeer.Received(
              recipient.at("/metadata/ref").asText(),
              recipient.at("/address/email").asText(),
              SparkPostLanguage.expand(body.at("/content/text").asText(), values(body, recipient)),
              number));
    }
    return messages;
  }

  @Override
  public HttpPeer.Answer answer(List<VendorPeer.Received> messages, Set<String> refused) {
    List<String> errors = new ArrayList<>();
    for (VendorPeer.Received message : messages) {
      if (refused.contains(message.to())) {
        errors.add(
            "{\"message\":\"invalid data format/type\",\"description\":\"invalid recipient"
                + " address.email: "
                + message.to()
                + "\",\"code\":\"1300\"}");
      }
    }
    if (errors.size() == messages.size()) {
      return new HttpPeer.Answer(
          400,
          "{\"errors\":[{\"message\":\"At least one valid recipient is required\",\"code\":\"5002\"}]}");
    }
    String head =
        errors.isEmpty()
            ? ""
            : "\"errors\":[{\"message\":\"transmission created, but with validation errors\","
                + "\"code\":\"2000\"}],";
    return new HttpPeer.Answer(
        200,
        "{%s\"results\":{\"rcpt_to_errors\":[%s],\"total_rejected_recipients\":%d,\"total_accepted_recipients\":%d,\"id\":\"48189673721435781\"}}"
            .formatted(
                head, String.join(",", errors), errors.size(), messages.size() - errors.size()));
  }
}
