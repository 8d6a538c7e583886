package dev.beckon.vendors.messagebird;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.vendor.HttpPeer;
import dev.beckon.vendor.VendorPeer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;

/** Answers as MessageBird's reference shows it. */
final class Peer implements HttpPeer.Script {
  private static final ObjectMapper JSON = new ObjectMapper();

  static JsonNode file(String name) throws IOException {
    try (InputStream in = Peer.class.getResourceAsStream("/messagebird/" + name)) {
      return JSON.readTree(in);
    }
  }

  @Override
  public List<VendorPeer.Received> read(HttpPeer.Request request, int number) {
    try {
      JsonNode body = JSON.readTree(request.body());
      return List.of(
          new VendorPeer.Received(
              body.get("reference").asText(),
              "+" + body.get("recipients").get(0).asText(),
              body.get("body").asText(),
              number));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public HttpPeer.Answer answer(List<VendorPeer.Received> messages, Set<String> refused) {
    if (refused.contains(messages.get(0).to())) {
      return new HttpPeer.Answer(
          422,
          "{\"errors\":[{\"code\":9,\"description\":\"no (correct) recipients found\","
              + "\"parameter\":\"recipients\"}]}");
    }
    try {
      ObjectNode sent = (ObjectNode) file("sent.json");
      return new HttpPeer.Answer(
          201, sent.put("reference", messages.get(0).reference()).toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
