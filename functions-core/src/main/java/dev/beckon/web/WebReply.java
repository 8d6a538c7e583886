package dev.beckon.web;

import java.util.LinkedHashMap;
import java.util.Map;

/** A reply for a host to send as it is; bodies are UTF-8. */
public record WebReply(int status, String contentType, String body, Map<String, String> headers) {
  public WebReply {
    headers = Map.copyOf(headers);
  }

  /** With more headers; those it has already stay. */
  public WebReply with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(more);
    all.putAll(headers);
    return new WebReply(status, contentType, body, all);
  }

  public WebReply withoutBody() {
    return new WebReply(status, contentType, "", headers);
  }
}
