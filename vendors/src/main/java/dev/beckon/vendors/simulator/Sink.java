package dev.beckon.vendors.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.HttpFailure;
import dev.beckon.vendor.HttpReply;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendCode;
import dev.beckon.vendor.SendResult;
import dev.beckon.vendor.VendorHttp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Posts what the simulator accepts to a ledger: {@code {"messages":[{"reference","key","channel",
 * "to","subject","text"}]}}, answered by 200 and {@code {"accepted":n}}. Thread-safe.
 */
final class Sink implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json; charset=utf-8");

  private final URI uri;
  private final VendorHttp http;

  Sink(URI uri, Duration timeout) {
    this.uri = uri;
    this.http = new VendorHttp(timeout, List.of());
  }

  /** The result all these messages share. */
  SendResult post(List<OutboundMessage> messages, Duration limit) {
    return switch (http.post(uri, HEADERS, body(messages), limit)) {
      case HttpFailure failure -> failure.result();
      case HttpReply reply when reply.isSuccess() -> read(reply, messages.size());
      case HttpReply reply -> reply.result(Instant.now());
    };
  }

  @Override
  public void close() {
    http.close();
  }

  private static SendResult read(HttpReply reply, int sent) {
    try {
      JsonNode accepted = JSON.readTree(reply.body()).path("accepted");
      if (accepted.isInt() && accepted.intValue() == sent) {
        return SendResult.accepted(null);
      }
    } catch (JsonProcessingException e) {
      return SendResult.of(SendCode.UNCLEAR_REPLY, "the sink's answer is not JSON");
    }
    return SendResult.of(SendCode.UNCLEAR_REPLY, "the sink did not count every message");
  }

  private static byte[] body(List<OutboundMessage> messages) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode list = root.putArray("messages");
    for (OutboundMessage message : messages) {
      ObjectNode node = list.addObject();
      node.put("reference", message.reference());
      node.put("key", message.key().toString());
      node.put("channel", message.to().channel().label());
      node.put("to", message.to().address());
      switch (message.content()) {
        case Content.Email email -> node.put("subject", email.subject()).put("text", email.text());
        case Content.BulkEmail bulk ->
            node.put("subject", bulk.single().subject()).put("text", bulk.single().text());
        case Content.Sms sms -> node.put("text", sms.text());
      }
    }
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }
}
