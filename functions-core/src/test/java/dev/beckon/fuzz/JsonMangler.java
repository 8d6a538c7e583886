package dev.beckon.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Damages sound JSON by its structure first, sometimes by its text as well. */
public final class JsonMangler {
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamWriteConstraints(
                  StreamWriteConstraints.builder().maxNestingDepth(9_000).build())
              .build());
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MOST = 300_000;

  private final Random random;
  private final Mangler mangler;

  public JsonMangler(Random random) {
    this.random = random;
    this.mangler = new Mangler(random);
  }

  /** The text of a damaged document. */
  public String document(JsonNode sound) {
    JsonNode root = sound.deepCopy();
    for (int n = 1 + random.nextInt(2); n > 0; n--) {
      damage(root);
    }
    String text = write(root);
    if (random.nextInt(8) == 0) {
      int brace = text.indexOf('{', random.nextInt(text.length()));
      text =
          brace < 0
              ? text
              : text.substring(0, brace + 1) + "\"id\":1,\"id\":2," + text.substring(brace + 1);
    }
    text = random.nextInt(5) == 0 ? mangler.text(text) : text;
    return text.length() > MOST ? text.substring(0, MOST) : text;
  }

  private void damage(JsonNode root) {
    List<ContainerNode<?>> containers = new ArrayList<>();
    collect(root, containers);
    ContainerNode<?> in = containers.get(random.nextInt(containers.size()));
    if (in instanceof ObjectNode object) {
      List<String> keys = new ArrayList<>();
      object.fieldNames().forEachRemaining(keys::add);
      String key = keys.isEmpty() ? "x" : keys.get(random.nextInt(keys.size()));
      switch (random.nextInt(8)) {
        case 0 -> object.remove(key);
        case 1 -> {
          JsonNode value = object.remove(key);
          object.set(mangler.hostile(), value == null ? NODES.nullNode() : value);
        }
        case 2 -> object.set(mangler.hostile(), any(root));
        case 3, 4, 5 -> {
          JsonNode value = object.path(key);
          object.set(key, NODES.textNode(mangler.text(value.asText())));
        }
        default -> object.set(key, any(root));
      }
    } else if (in instanceof ArrayNode array) {
      int at = array.isEmpty() ? 0 : random.nextInt(array.size());
      switch (random.nextInt(3)) {
        case 0 -> array.remove(at);
        case 1 -> {
          JsonNode value = array.isEmpty() ? any(root) : array.get(at);
          for (int n = random.nextInt(200); n > 0; n--) {
            array.add(value.deepCopy());
          }
        }
        default -> array.insert(at, any(root));
      }
    }
  }

  private JsonNode any(JsonNode root) {
    return switch (random.nextInt(9)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextInt());
      case 3 -> NODES.numberNode(BigInteger.ONE.shiftLeft(random.nextInt(3_000)));
      case 4 -> NODES.numberNode(new BigDecimal("1E" + (random.nextInt(4_000) - 2_000)));
      case 5 -> NODES.arrayNode();
      case 6 -> {
        JsonNode nested = NODES.objectNode();
        for (int depth = random.nextInt(1_500); depth > 0; depth--) {
          nested =
              depth % 2 == 0 ? NODES.arrayNode().add(nested) : NODES.objectNode().set("a", nested);
        }
        yield nested;
      }
      case 7 -> {
        List<ContainerNode<?>> containers = new ArrayList<>();
        collect(root, containers);
        JsonNode copied = containers.get(random.nextInt(containers.size())).deepCopy();
        yield write(copied).length() > MOST / 10 ? NODES.objectNode() : copied;
      }
      default -> NODES.textNode(mangler.hostile());
    };
  }

  private static void collect(JsonNode node, List<ContainerNode<?>> into) {
    if (node instanceof ContainerNode<?> container && into.size() < 2_000) {
      into.add(container);
      node.forEach(child -> {
        if (child.isContainerNode() && depth(child) < 900) {
          collect(child, into);
        }
      });
    }
  }

  private static int depth(JsonNode node) {
    int depth = 0;
    JsonNode at = node;
    while (at.isContainerNode() && !at.isEmpty()) {
      at = at.elements().next();
      depth++;
    }
    return depth;
  }

  private static String write(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
