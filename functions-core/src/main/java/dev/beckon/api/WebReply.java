package dev.beckon.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/** A reply for a host to send as it is; bodies are UTF-8. */
public record WebReply(int status, String contentType, String body, Map<String, String> headers) {
  public WebReply {
    headers = Map.copyOf(headers);
  }

  /**
   * A <a href="https://www.rfc-editor.org/rfc/rfc9457">problem</a> for a program to read.
   *
   * @param detail what is wrong and what helps; never repeats what was sent
   */
  static WebReply problem(int status, String title, String detail) {
    String json =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "about:blank")
            .put("title", title)
            .put("status", status)
            .put("detail", detail)
            .toString();
    return new WebReply(status, "application/problem+json", json, Map.of());
  }

  /** With more headers; those it has already stay. */
  WebReply with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(more);
    all.putAll(headers);
    return new WebReply(status, contentType, body, all);
  }

  WebReply withoutBody() {
    return new WebReply(status, contentType, "", headers);
  }
}
