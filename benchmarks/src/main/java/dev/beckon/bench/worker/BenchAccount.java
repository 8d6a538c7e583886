package dev.beckon.bench.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The account whose dispatches are measured, made from a resource beside this class: each vendor
 * and dispatch once for every latency of the sinks, such as {@code text-50}.
 */
public final class BenchAccount {
  /** The id of the account. */
  public static final String ID = "bench";

  /** Where latency rules the rate follows from what is under way; elsewhere a few are faster. */
  private static final int CONNECTIONS = 4;

  private static final int SLOW_CONNECTIONS = 64;

  /** Mails a call takes; each waits for the one before, and a call has its time-out. */
  private static final int BATCH = 50;

  private static final int SLOW_BATCH = 2;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private BenchAccount() {}

  /**
   * The account's document.
   *
   * @param places where the sinks listen; {@code mail50} is a mail server of 50 ms
   */
  public static String json(Map<String, String> places) {
    try {
      ObjectNode account = of("0", places);
      for (String name : places.keySet()) {
        if (name.startsWith("mail") && !name.equals("mail0")) {
          ObjectNode other = of(name.substring(4), places);
          for (String part : new String[] {"vendorAccounts", "dispatches"}) {
            account.withObject("/" + part).setAll(other.withObject("/" + part));
          }
        }
      }
      return JSON.writeValueAsString(account);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode of(String wait, Map<String, String> places) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("wait", wait);
    boolean fast = wait.equals("0");
    values.put("connections", "" + (fast ? CONNECTIONS : SLOW_CONNECTIONS));
    values.put("batch", "" + (fast ? BATCH : SLOW_BATCH));
    values.putAll(places);
    String model = resource("account.json").replace("${wait}", wait);
    return (ObjectNode) filled(JSON.readTree(model), values);
  }

  static String resource(String name) {
    try (InputStream in = BenchAccount.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode filled(JsonNode node, Map<String, String> values) {
    switch (node) {
      case ObjectNode object ->
          object.properties().forEach(member -> member.setValue(filled(member.getValue(), values)));
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          array.set(i, filled(array.get(i), values));
        }
      }
      case TextNode text -> {
        return new TextNode(filled(text.textValue(), values));
      }
      default -> {}
    }
    return node;
  }

  private static String filled(String text, Map<String, String> values) {
    if (text.startsWith("@")) {
      return resource(text.substring(1));
    }
    String filled = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("${" + value.getKey() + "}", value.getValue());
    }
    return filled;
  }
}
