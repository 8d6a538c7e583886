package dev.beckon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes values that fit a schema. */
final class SchemaSamples {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int DEEPEST = 8;
  private static final int MOST_ITEMS = 4;
  private static final List<String> TEXTS =
      List.of(
          "a",
          "ada",
          "Ada",
          "en",
          "de",
          "DE",
          "email",
          "hotel",
          "2026",
          "9",
          "a-b",
          "a_b",
          "A1",
          "Zoë 🎉",
          "<b>&\"'",
          "=1+1",
          "%00",
          "../..",
          "${x}",
          "{{ x }}",
          "x".repeat(60));

  private final ObjectNode document;
  private final Random random;

  SchemaSamples(ObjectNode document, Random random) {
    this.document = document;
    this.random = random;
  }

  JsonNode sample(JsonNode schema) {
    return sample(schema, 0);
  }

  private JsonNode sample(JsonNode written, int depth) {
    JsonNode schema = written;
    while (schema.has("$ref")) {
      schema = document.at(schema.path("$ref").asText().substring(1));
    }
    if (schema.has("example") && random.nextInt(3) == 0) {
      return schema.path("example");
    }
    if (schema.has("const")) {
      return schema.path("const");
    }
    if (schema.has("enum")) {
      return any(schema.path("enum"));
    }
    for (String several : List.of("oneOf", "anyOf")) {
      if (schema.has(several)) {
        return sample(any(schema.path(several)), depth);
      }
    }
    JsonNode type = schema.path("type");
    String name = type.isArray() ? any(type).asText() : type.asText("object");
    return switch (name) {
      case "string" -> NODES.textNode(text(schema));
      case "integer" -> NODES.numberNode(whole(schema));
      case "number" -> NODES.numberNode(whole(schema) + (random.nextBoolean() ? 0.5 : 0));
      case "boolean" -> NODES.booleanNode(random.nextBoolean());
      case "null" -> NODES.nullNode();
      case "array" -> array(schema, depth);
      default -> object(schema, depth);
    };
  }

  private JsonNode any(JsonNode list) {
    return list.get(random.nextInt(list.size()));
  }

  private long whole(JsonNode schema) {
    long least = schema.path("minimum").asLong(-5);
    long most = schema.path("maximum").asLong(Math.max(least, 0) + 50);
    return switch (random.nextInt(4)) {
      case 0 -> least;
      case 1 -> most;
      default -> least + (long) (random.nextDouble() * (most - least));
    };
  }

  private String text(JsonNode schema) {
    switch (schema.path("format").asText("")) {
      case "date-time":
        return Instant.parse("2026-11-22T08:00:00Z")
            .plusSeconds(random.nextInt(1_000_000) - 500_000)
            .toString();
      case "duration":
        return List.of("PT10M", "P7D", "PT0S", "P30D").get(random.nextInt(4));
      case "uri":
        return "https://survey.example/" + random.nextInt(10);
      default:
        break;
    }
    int least = schema.path("minLength").asInt(0);
    int most = schema.path("maxLength").asInt(60);
    Pattern pattern = Pattern.compile(schema.path("pattern").asText(""));
    for (int tries = 0; tries < 20; tries++) {
      String text = TEXTS.get(random.nextInt(TEXTS.size()));
      if (text.length() >= least
          && text.codePointCount(0, text.length()) <= most
          && pattern.matcher(text).find()) {
        return text;
      }
    }
    return schema.path("example").asText("a".repeat(Math.max(1, least)));
  }

  private JsonNode array(JsonNode schema, int depth) {
    ArrayNode array = NODES.arrayNode();
    int least = schema.path("minItems").asInt(0);
    int most = Math.min(schema.path("maxItems").asInt(MOST_ITEMS), Math.max(MOST_ITEMS, least));
    int items = depth > DEEPEST ? least : least + random.nextInt(most - least + 1);
    Set<JsonNode> seen = new HashSet<>();
    for (int i = 0; i < items; i++) {
      JsonNode item = sample(schema.path("items"), depth + 1);
      if (seen.add(item) || !schema.path("uniqueItems").asBoolean()) {
        array.add(item);
      }
    }
    return array;
  }

  private JsonNode object(JsonNode schema, int depth) {
    ObjectNode object = NODES.objectNode();
    Set<String> required = new HashSet<>();
    schema.path("required").forEach(field -> required.add(field.asText()));
    schema
        .path("properties")
        .properties()
        .forEach(property -> {
          if (required.contains(property.getKey()) || (depth < DEEPEST && random.nextInt(5) > 1)) {
            object.set(property.getKey(), sample(property.getValue(), depth + 1));
          }
        });
    JsonNode others = schema.path("additionalProperties");
    if (others.isObject() && depth < DEEPEST) {
      for (int i = random.nextInt(3); i > 0; i--) {
        object.set(text(schema.path("propertyNames")), sample(others, depth + 1));
      }
    }
    return object;
  }
}
