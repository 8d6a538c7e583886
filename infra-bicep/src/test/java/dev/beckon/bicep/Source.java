package dev.beckon.bicep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One Bicep file.
 *
 * @param name its path behind infra-bicep
 */
record Source(String name, Tree root) {

  /**
   * Something that is declared.
   *
   * @param kind of its node in the grammar
   */
  record Declaration(String kind, String name, List<Tree> decorators, Tree node) {

    /** Its decorator of this name. */
    Optional<Tree> decorator(String wanted) {
      return decorators.stream().filter(call -> call.child(0).text().equals(wanted)).findFirst();
    }

    /** The body of a resource or a module, whatever loop or condition it stands in. */
    Tree body() {
      Tree body = node.last();
      while (!body.is("object")) {
        body = body.last();
      }
      return body;
    }

    /** Type and API version of a resource, path of a module. */
    String target() {
      return node.child(1).string();
    }
  }

  List<Declaration> parameters() {
    return declared("parameter_declaration");
  }

  List<Declaration> outputs() {
    return declared("output_declaration");
  }

  List<Declaration> modules() {
    return declared("module_declaration");
  }

  /** Those nested in others as well. */
  List<Declaration> resources() {
    return declared("resource_declaration");
  }

  Declaration variable(String wanted) {
    return declared("variable_declaration").stream()
        .filter(variable -> variable.name().equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no var " + wanted + " in " + name));
  }

  /** Everything that has a name of its own, in the order of the file. */
  List<Declaration> declarations() {
    return Stream.of(
            "parameter_declaration",
            "variable_declaration",
            "resource_declaration",
            "module_declaration")
        .flatMap(kind -> declared(kind).stream())
        .toList();
  }

  private List<Declaration> declared(String kind) {
    List<Declaration> found = new ArrayList<>();
    collect(root, kind, found);
    return found;
  }

  private static void collect(Tree within, String kind, List<Declaration> found) {
    List<Tree> decorators = List.of();
    for (Tree child : within.children()) {
      if (child.is("decorators")) {
        decorators = child.children().stream().map(one -> one.child(0)).toList();
        continue;
      }
      if (child.is(kind)) {
        found.add(new Declaration(kind, child.child(0).text(), decorators, child));
      }
      collect(child, kind, found);
      decorators = List.of();
    }
  }
}
