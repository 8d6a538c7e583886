package dev.beckon.local.functions;

import com.fasterxml.jackson.databind.JsonNode;

/** One binding of a function.json. */
record Binding(String name, String type, String direction, JsonNode details) {

  static Binding of(JsonNode json) {
    return new Binding(
        json.path("name").asText(),
        json.path("type").asText(),
        json.path("direction").asText(),
        json);
  }

  boolean isTrigger() {
    return type.endsWith("Trigger");
  }

  boolean isOut() {
    return direction.equals("out");
  }

  /** A property's text; empty without the property. */
  String text(String property) {
    return details.path(property).asText("");
  }
}
