package dev.beckon.api;

import java.util.Map;

/** A reply for a host to send; bodies are UTF-8. */
public record WebReply(int status, String contentType, String body, Map<String, String> headers) {
  public WebReply {
    headers = Map.copyOf(headers);
  }
}
