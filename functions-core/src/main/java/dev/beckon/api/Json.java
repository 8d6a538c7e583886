package dev.beckon.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.beckon.web.WebReply;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Replies of JSON. */
final class Json {
  private static final String TYPE = "application/json";

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static <T> ArrayNode array(Iterable<T> items, Function<T, ? extends JsonNode> form) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> array.add(form.apply(item)));
    return array;
  }

  static WebReply reply(int status, JsonNode body) {
    return new WebReply(status, TYPE, body.toString(), Map.of());
  }

  static WebReply ok(JsonNode body) {
    return reply(200, body);
  }

  /**
   * A page of a list; {@code next} is what the parameter {@code after} takes for the page behind.
   */
  static <T> WebReply page(Page<T> page, Function<T, ? extends JsonNode> form) {
    return ok(pageBody(page, form));
  }

  /** {@link #page} for more to be written into. */
  static <T> ObjectNode pageBody(Page<T> page, Function<T, ? extends JsonNode> form) {
    ObjectNode body = object();
    body.set("items", array(page.items(), form));
    page.next().ifPresent(next -> body.put("next", next));
    return body;
  }

  /** How many there are of each name. */
  static ObjectNode counts(Map<? extends Enum<?>, Long> counts) {
    ObjectNode json = object();
    counts.forEach((name, count) -> json.put(name.name(), count));
    return json;
  }

  /** A reply without a body. */
  static WebReply nothing(int status) {
    return new WebReply(status, TYPE, "", Map.of());
  }

  static ArrayNode texts(List<String> texts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    texts.forEach(array::add);
    return array;
  }
}
