package dev.beckon.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Events and answers of handlers that read their event themselves. */
final class EventJson {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private EventJson() {}

  /** The event; the "missing" node when it is no JSON, for the parser's own message quotes it. */
  static JsonNode read(InputStream event) throws IOException {
    try {
      return JSON.readTree(event);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  static void write(OutputStream output, JsonNode answer) throws IOException {
    JSON.writeValue(output, answer);
  }
}
