package dev.beckon.bicep;

import dev.beckon.bicep.Source.Declaration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether every name that is used is declared, once, and every one declared is used. */
final class Symbols {
  /** Functions of Bicep's own that these files may call. */
  private static final Set<String> FUNCTIONS =
      Set.of(
          "array",
          "cidrSubnet",
          "concat",
          "contains",
          "empty",
          "endsWith",
          "environment",
          "filter",
          "first",
          "guid",
          "items",
          "join",
          "json",
          "last",
          "length",
          "loadTextContent",
          "map",
          "max",
          "min",
          "range",
          "reduce",
          "replace",
          "resourceGroup",
          "resourceId",
          "split",
          "startsWith",
          "string",
          "subscription",
          "subscriptionResourceId",
          "take",
          "tenant",
          "toLower",
          "toObject",
          "union",
          "uniqueString",
          "uri");

  private final Source source;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> used = new HashSet<>();

  private Symbols(Source source) {
    this.source = source;
  }

  static List<String> problems(Source source) {
    Symbols symbols = new Symbols(source);
    Set<String> declared = new HashSet<>();
    for (Declaration declaration : source.declarations()) {
      if (!declared.add(declaration.name())) {
        symbols.tell(declaration.node(), "'" + declaration.name() + "' is declared twice");
      }
    }
    Set<String> outputs = new HashSet<>();
    for (Declaration output : source.outputs()) {
      if (!outputs.add(output.name())) {
        symbols.tell(output.node(), "output '" + output.name() + "' is declared twice");
      }
    }
    source.root().children().forEach(node -> symbols.walk(node, declared));
    for (Declaration declaration : source.declarations()) {
      boolean mayStandAlone =
          declaration.kind().equals("resource_declaration")
              || declaration.kind().equals("module_declaration");
      if (!mayStandAlone && !symbols.used.contains(declaration.name())) {
        symbols.tell(declaration.node(), "'" + declaration.name() + "' is never used");
      }
    }
    return symbols.problems;
  }

  private void tell(Tree at, String what) {
    problems.add(source.name() + ":" + at.line() + ": " + what);
  }

  private void walk(Tree node, Set<String> known) {
    switch (node.type()) {
      case "decorators", "type" -> {}
      case "identifier" -> {
        used.add(node.text());
        if (!known.contains(node.text())) {
          tell(node, "'" + node.text() + "' is not declared");
        }
      }
      case "parameter_declaration",
          "variable_declaration",
          "resource_declaration",
          "module_declaration",
          "output_declaration" ->
          rest(node, known);
      case "object_property" -> property(node, known);
      case "call_expression" -> call(node, known);
      case "for_statement" -> loop(node, known);
      case "lambda_expression" -> {
        Set<String> inner = new HashSet<>(known);
        node.children().subList(0, node.children().size() - 1).stream()
            .flatMap(Tree::all)
            .forEach(name -> inner.add(name.text()));
        walk(node.last(), inner);
      }
      default -> node.children().forEach(child -> walk(child, known));
    }
  }

  /** Without the first, which is the name. */
  private void rest(Tree node, Set<String> known) {
    node.children().subList(1, node.children().size()).forEach(child -> walk(child, known));
  }

  private void property(Tree node, Set<String> known) {
    if (node.child(0).is("identifier")) {
      rest(node, known);
    } else {
      node.children().forEach(child -> walk(child, known));
    }
  }

  private void call(Tree node, Set<String> known) {
    Tree function = node.child(0);
    if (!function.is("identifier")) {
      walk(function, known);
    } else if (!FUNCTIONS.contains(function.text())) {
      tell(function, "there is no function '" + function.text() + "'");
    }
    rest(node, known);
  }

  private void loop(Tree node, Set<String> known) {
    Set<String> inner = new HashSet<>(known);
    node.child(0).all().forEach(name -> inner.add(name.text()));
    walk(node.child(1), known);
    node.children().subList(2, node.children().size()).forEach(child -> walk(child, inner));
  }
}
