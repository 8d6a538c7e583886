package dev.beckon.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where a part of an account's document stands: keys from its root. Immutable. */
public final class Place {
  /** Of the two keys that name a part: its kind and its id. */
  private static final int PART = 2;

  /** Where languages stand below a dispatch; they are the same in upper and lower case. */
  private static final int LANGUAGE = 3;

  private final List<String> keys;

  private Place(String... keys) {
    this.keys = List.of(keys);
  }

  /**
   * Of a dispatch, a vendor account, a feed or a notice.
   *
   * @param kind the document's key for all of them, such as {@code dispatches}
   */
  public static Place part(String kind, String id) {
    return new Place(kind, id);
  }

  /** Of a dispatch's templates in one language. */
  public static Place language(String dispatch, String language) {
    return new Place("dispatches", dispatch, "templates", language);
  }

  /** Of one template. */
  public static Place template(String dispatch, String language, String channel) {
    return new Place("dispatches", dispatch, "templates", language, channel);
  }

  /** What stands there. */
  public Optional<JsonNode> in(JsonNode document) {
    JsonNode node = document;
    for (int i = 0; i < keys.size(); i++) {
      node = node.path(key(node, i));
    }
    return node.isMissingNode() ? Optional.empty() : Optional.of(node);
  }

  /** Whether the part it belongs to is there; a part belongs to the document alone. */
  boolean hasOwner(JsonNode document) {
    return keys.size() == PART
        || document.path(keys.getFirst()).path(keys.get(PART - 1)).isObject();
  }

  /** Puts something there, at the end when it is new. */
  void put(ObjectNode document, JsonNode value) {
    ObjectNode node = document;
    int last = keys.size() - 1;
    for (int i = 0; i < last; i++) {
      String key = key(node, i);
      node = node.get(key) instanceof ObjectNode known ? known : node.putObject(key);
    }
    node.set(key(node, last), value);
  }

  /** Takes what is there out, and a language that has no template left. */
  void takeOut(ObjectNode document) {
    int last = keys.size() - 1;
    if (last > LANGUAGE && languageOf(document).size() == 1) {
      new Place(keys.subList(0, last).toArray(String[]::new)).takeOut(document);
      return;
    }
    JsonNode node = document;
    for (int i = 0; i < last; i++) {
      node = node.path(key(node, i));
    }
    if (node instanceof ObjectNode owner) {
      owner.remove(key(owner, last));
    }
  }

  private JsonNode languageOf(ObjectNode document) {
    return language(keys.get(1), keys.get(LANGUAGE)).in(document).orElse(document);
  }

  private String key(JsonNode node, int i) {
    String wanted = keys.get(i);
    return i == LANGUAGE
        ? node.propertyStream()
            .map(Map.Entry::getKey)
            .filter(wanted::equalsIgnoreCase)
            .findFirst()
            .orElse(wanted)
        : wanted;
  }

  /** As problems name it. */
  @Override
  public String toString() {
    return String.join(".", keys);
  }
}
