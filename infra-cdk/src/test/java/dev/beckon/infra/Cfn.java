package dev.beckon.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads what templates say in CloudFormation's ways. */
final class Cfn {
  private Cfn() {}

  /** The resource a value leads to: by Ref or GetAtt; empty where by neither. */
  static String target(JsonNode value) {
    if (value.has("Ref")) {
      return value.get("Ref").textValue();
    }
    return value.has("Fn::GetAtt") ? value.get("Fn::GetAtt").path(0).textValue() : "";
  }

  /** Every resource named anywhere within. */
  static Set<String> targets(JsonNode value) {
    Set<String> found = new LinkedHashSet<>();
    collect(value, found);
    return found;
  }

  private static void collect(JsonNode value, Set<String> found) {
    String target = value.isObject() ? target(value) : "";
    if (!target.isEmpty()) {
      found.add(target);
    }
    value.forEach(child -> collect(child, found));
  }

  /** One value or several. */
  static List<JsonNode> many(JsonNode value) {
    List<JsonNode> all = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(all::add);
    } else if (!value.isMissingNode()) {
      all.add(value);
    }
    return all;
  }

  /** One text or several. */
  static List<String> texts(JsonNode value) {
    return many(value).stream().map(JsonNode::asText).toList();
  }
}
