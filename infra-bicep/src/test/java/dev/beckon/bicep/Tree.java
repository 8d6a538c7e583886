package dev.beckon.bicep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A node of the syntax.
 *
 * @param type as the grammar names it
 * @param text of a leaf, else empty
 */
record Tree(String type, int line, String text, List<Tree> children) {

  static Tree of(JsonNode json) {
    List<Tree> children = new ArrayList<>();
    json.path("children").forEach(child -> children.add(of(child)));
    return new Tree(
        json.path("type").asText(),
        json.path("line").asInt(),
        json.path("text").asText(),
        children);
  }

  boolean is(String kind) {
    return type.equals(kind);
  }

  Tree child(int index) {
    return children.get(index);
  }

  Tree last() {
    return children.getLast();
  }

  /** This node and everything below it. */
  Stream<Tree> all() {
    return Stream.concat(Stream.of(this), children.stream().flatMap(Tree::all));
  }

  Stream<Tree> all(String kind) {
    return all().filter(node -> node.is(kind));
  }

  /** What a string says; a value put into it shows as its own text in braces. */
  String string() {
    StringBuilder said = new StringBuilder();
    for (Tree part : children) {
      if (part.is("interpolation")) {
        said.append("${").append(part.code()).append('}');
      } else if (part.is("escape_sequence")) {
        said.append(part.text.substring(1));
      } else {
        said.append(part.text.isEmpty() ? part.string() : part.text);
      }
    }
    return said.toString();
  }

  /** All leaves, with dots between. */
  String code() {
    if (is("string")) {
      return "'" + string() + "'";
    }
    return children.isEmpty() ? text : String.join(".", children.stream().map(Tree::code).toList());
  }

  /** The value of a property of this object. */
  Optional<Tree> property(String name) {
    return children.stream()
        .filter(child -> child.is("object_property") && child.children.size() == 2)
        .filter(child -> child.child(0).key().equals(name))
        .map(Tree::last)
        .findFirst();
  }

  /** Names of the properties of this object. */
  List<String> keys() {
    return children.stream()
        .filter(child -> child.is("object_property") && child.children.size() == 2)
        .map(child -> child.child(0).key())
        .toList();
  }

  private String key() {
    return is("string") ? string() : text;
  }
}
