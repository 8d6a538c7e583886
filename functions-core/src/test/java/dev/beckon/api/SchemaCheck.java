package dev.beckon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Holds values against the schemas of an OpenAPI document. */
final class SchemaCheck {
  private final JsonSchemaFactory factory =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private final SchemaValidatorsConfig config =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
  private final ObjectNode document;
  private final Map<JsonNode, JsonSchema> schemas = new HashMap<>();

  SchemaCheck(ObjectNode document) {
    this.document = document;
  }

  /** What does not fit; empty when all does. */
  List<String> problems(JsonNode schema, JsonNode value) {
    return schemas.computeIfAbsent(schema, this::compiled).validate(value).stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }

  private JsonSchema compiled(JsonNode schema) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set("components", document.path("components"));
    root.putArray("allOf").add(schema);
    return factory.getSchema(root, config);
  }
}
