package dev.beckon.local.installation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Reads an account file: a value such as {@code @templates/mail.html} is replaced by that file's
 * content, and {@code ${NAME}} by a value known only when the servers run.
 */
public final class AccountFile {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private AccountFile() {}

  /**
   * The account document, complete.
   *
   * @param simulator settings set on every vendor account of the simulator
   */
  public static String read(
      Path file, Map<String, String> placeholders, Map<String, String> simulator)
      throws IOException {
    JsonNode root = MAPPER.readTree(file.toFile());
    for (JsonNode account : root.path("vendorAccounts")) {
      if (account.path("vendor").asText().equals("simulator")
          && account.path("settings") instanceof ObjectNode settings) {
        simulator.forEach(settings::put);
      }
    }
    return MAPPER.writeValueAsString(
        complete(root, Objects.requireNonNull(file.toAbsolutePath().getParent()), placeholders));
  }

  /** The id of the account that a complete document describes; empty when it names none. */
  public static String id(String document) throws IOException {
    return MAPPER.readTree(document).path("id").asText("");
  }

  private static JsonNode complete(JsonNode node, Path folder, Map<String, String> placeholders)
      throws IOException {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> property : object.properties()) {
        property.setValue(complete(property.getValue(), folder, placeholders));
      }
      return object;
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, complete(array.get(i), folder, placeholders));
      }
      return array;
    }
    return node.isTextual() ? new TextNode(text(node.textValue(), folder, placeholders)) : node;
  }

  private static String text(String value, Path folder, Map<String, String> placeholders)
      throws IOException {
    if (value.startsWith("@")) {
      return Files.readString(folder.resolve(value.substring(1)));
    }
    String filled = value;
    for (Map.Entry<String, String> placeholder : placeholders.entrySet()) {
      filled = filled.replace("${" + placeholder.getKey() + "}", placeholder.getValue());
    }
    return filled;
  }
}
