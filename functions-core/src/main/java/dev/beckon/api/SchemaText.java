package dev.beckon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Schemas of the OpenAPI document as a person reads them: a row for each field. */
final class SchemaText {
  private static final int DEEPEST = 6;
  private static final List<String> BOUNDS =
      List.of(
          "minimum",
          "maximum",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "pattern",
          "default");

  private final ObjectNode document;

  SchemaText(ObjectNode document) {
    this.document = document;
  }

  /**
   * A field of a schema.
   *
   * @param depth how deep it is nested
   * @param type such as {@code list of text}
   * @param bounds such as {@code maxLength 100}; empty when there are none
   */
  record Row(
      int depth, String name, String type, boolean required, String bounds, String description) {}

  /** Every field, those of nested objects behind the object they are in. */
  List<Row> rows(JsonNode schema) {
    List<Row> rows = new ArrayList<>();
    fields(resolved(schema), 0, new HashSet<>(), rows);
    return rows;
  }

  /** The schema that a reference stands for. */
  JsonNode resolved(JsonNode schema) {
    JsonNode found = schema;
    while (found.has("$ref")) {
      found = document.at(found.path("$ref").asText().substring(1));
    }
    return found;
  }

  private void fields(JsonNode schema, int depth, Set<JsonNode> above, List<Row> rows) {
    if (depth > DEEPEST || !above.add(schema)) {
      return;
    }
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          JsonNode field = resolved(property.getValue());
          String description =
              property.getValue().path("description").asText(field.path("description").asText());
          rows.add(
              new Row(
                  depth,
                  property.getKey(),
                  type(field),
                  required.contains(property.getKey()),
                  bounds(field),
                  description));
          within(field, depth + 1, above, rows);
        });
    JsonNode others = schema.path("additionalProperties");
    if (others.isObject()) {
      JsonNode field = resolved(others);
      rows.add(
          new Row(
              depth,
              "(any name)",
              type(field),
              false,
              bounds(field),
              field.path("description").asText()));
      within(field, depth + 1, above, rows);
    }
    for (String several : List.of("oneOf", "anyOf", "allOf")) {
      schema.path(several).forEach(one -> fields(resolved(one), depth, above, rows));
    }
    within(schema, depth, above, rows);
    above.remove(schema);
  }

  private void within(JsonNode field, int depth, Set<JsonNode> above, List<Row> rows) {
    if (field.has("items")) {
      fields(resolved(field.path("items")), depth, above, rows);
    } else if (field.has("properties") && !above.contains(field)) {
      fields(field, depth, above, rows);
    } else if (field.path("additionalProperties").isObject() && !above.contains(field)) {
      fields(field, depth, above, rows);
    }
  }

  /** A schema's type in words. */
  String type(JsonNode written) {
    JsonNode schema = resolved(written);
    if (schema.has("const")) {
      return "always " + schema.path("const");
    }
    if (schema.has("enum")) {
      List<String> values = new ArrayList<>();
      schema.path("enum").forEach(value -> values.add(value.asText()));
      return "one of " + String.join(", ", values);
    }
    if (schema.has("items")) {
      return "list of " + type(schema.path("items"));
    }
    List<String> types = new ArrayList<>();
    if (schema.path("type").isArray()) {
      schema.path("type").forEach(type -> types.add(word(type.asText(), schema)));
    } else if (schema.has("type")) {
      types.add(word(schema.path("type").asText(), schema));
    }
    for (String several : List.of("oneOf", "anyOf")) {
      schema.path(several).forEach(one -> types.add(type(one)));
    }
    return types.isEmpty() ? "anything" : String.join(" or ", types);
  }

  private static String word(String type, JsonNode schema) {
    return switch (type) {
      case "string" ->
          switch (schema.path("format").asText("")) {
            case "date-time" -> "time";
            case "duration" -> "duration";
            case "uri" -> "address";
            default -> "text";
          };
      case "integer" -> "whole number";
      case "boolean" -> "true or false";
      default -> type.toLowerCase(Locale.ROOT);
    };
  }

  private static String bounds(JsonNode schema) {
    List<String> bounds = new ArrayList<>();
    for (String bound : BOUNDS) {
      if (schema.has(bound)) {
        bounds.add(bound + " " + schema.path(bound).asText());
      }
    }
    return String.join(", ", bounds);
  }
}
