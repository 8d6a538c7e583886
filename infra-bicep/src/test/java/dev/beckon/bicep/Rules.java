package dev.beckon.bicep;

import dev.beckon.bicep.Source.Declaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Rules over all files. Each gives its problems, one line each, and nothing where it holds. */
final class Rules {
  private static final Pattern TYPE =
      Pattern.compile(
          "([A-Za-z.]+/[A-Za-z/]+)@(20\\d\\d-(0[1-9]|1[0-2])-([0-2]\\d|3[01])(-preview)?)");

  /** Owner, Contributor, User Access Administrator, Role Based Access Control Administrator. */
  private static final List<String> TOO_MUCH =
      List.of(
          "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
          "b24988ac-6180-42a0-ab88-20f7382dd24c",
          "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
          "f58310d9-a9f6-439a-9e8d-f62e7b41a168");

  private static final Pattern KEYS =
      Pattern.compile(
          "(?i)list(account)?(keys|sas)|getSecret|account_?key|sharedaccesskey|primary_?key|"
              + "instrumentationkey|password=|mongodb(\\+srv)?://[^']*:[^']*@");

  private final Map<String, Source> sources;

  Rules(Map<String, Source> sources) {
    this.sources = sources;
  }

  private static String at(Source source, Tree node) {
    return source.name() + ":" + node.line() + ": ";
  }

  List<String> syntax() {
    return sources.values().stream()
        .flatMap(source ->
            source
                .root()
                .all()
                .filter(node -> node.is("ERROR") || node.is("MISSING"))
                .map(node -> at(source, node) + "is not Bicep near " + node.text()))
        .toList();
  }

  List<String> symbols() {
    return sources.values().stream().flatMap(source -> Symbols.problems(source).stream()).toList();
  }

  /** Modules exist, get every parameter they need and none they do not have. */
  List<String> modules() {
    List<String> problems = new ArrayList<>();
    for (Source source : sources.values()) {
      Map<String, Source> bySymbol = new TreeMap<>();
      for (Declaration module : source.modules()) {
        String place = at(source, module.node());
        Source called = sources.get(module.target());
        if (called == null) {
          problems.add(place + "there is no file " + module.target());
          continue;
        }
        bySymbol.put(module.name(), called);
        List<String> given = module.body().property("params").map(Tree::keys).orElse(List.of());
        List<Declaration> known = called.parameters();
        given.stream()
            .filter(name -> known.stream().noneMatch(parameter -> parameter.name().equals(name)))
            .forEach(
                name -> problems.add(place + module.target() + " has no parameter '" + name + "'"));
        known.stream()
            .filter(Rules::isRequired)
            .filter(parameter -> !given.contains(parameter.name()))
            .forEach(parameter ->
                problems.add(place + module.target() + " needs '" + parameter.name() + "'"));
      }
      outputs(source, bySymbol, problems);
    }
    return problems;
  }

  /** What is read of a module is an output of it. */
  private static void outputs(Source source, Map<String, Source> bySymbol, List<String> problems) {
    Pattern read = Pattern.compile("(\\w+)\\.outputs\\.(\\w+)");
    source
        .root()
        .all("member_expression")
        .forEach(expression -> {
          var found = read.matcher(expression.code());
          if (found.matches()
              && bySymbol.containsKey(found.group(1))
              && bySymbol.get(found.group(1)).outputs().stream()
                  .noneMatch(output -> output.name().equals(found.group(2)))) {
            problems.add(
                at(source, expression) + found.group(1) + " has no output " + found.group(2));
          }
        });
  }

  static boolean isRequired(Declaration parameter) {
    // name and type, and a default behind them
    return parameter.node().children().size() == 2;
  }

  /** API versions are dates, and one type is used in one version. */
  List<String> versions() {
    List<String> problems = new ArrayList<>();
    Map<String, String> first = new TreeMap<>();
    for (Source source : sources.values()) {
      for (Declaration resource : source.resources()) {
        if (!resource.target().contains("/")) {
          continue; // nested: type and version follow its parent's
        }
        var parts = TYPE.matcher(resource.target());
        if (!parts.matches()) {
          problems.add(
              at(source, resource.node()) + resource.target() + " is not a type with a version");
          continue;
        }
        String before = first.putIfAbsent(parts.group(1), parts.group(2));
        if (before != null && !before.equals(parts.group(2))) {
          problems.add(
              at(source, resource.node()) + parts.group(1) + " is used in " + before + " as well");
        }
      }
    }
    return problems;
  }

  /** Parameters are described, say whether they are needed, and are bounded. */
  List<String> parameters() {
    List<String> problems = new ArrayList<>();
    for (Source source : sources.values()) {
      for (Declaration parameter : source.parameters()) {
        String place = at(source, parameter.node()) + "'" + parameter.name() + "' ";
        String said =
            parameter
                .decorator("description")
                .map(call -> call.child(1).child(0).string())
                .orElse("");
        String must = isRequired(parameter) ? "Required\\..+" : "(Optional|Conditional)\\..+";
        if (!said.matches(must)) {
          problems.add(place + "has no @description that begins as " + must);
        }
        String type = parameter.node().child(1).code();
        boolean bounded =
            parameter.decorator("allowed").isPresent()
                || switch (type) {
                  case "string", "array" -> parameter.decorator("maxLength").isPresent();
                  case "int" ->
                      parameter.decorator("minValue").isPresent()
                          && parameter.decorator("maxValue").isPresent();
                  default -> true;
                };
        if (!bounded) {
          problems.add(place + "is not bounded");
        }
      }
      source.outputs().stream()
          .filter(output -> output.decorator("description").isEmpty())
          .forEach(output ->
              problems.add(at(source, output.node()) + output.name() + " has no @description"));
    }
    return problems;
  }

  /** Neither roles over everything nor keys, in strings, names or calls. */
  List<String> secrets() {
    List<String> problems = new ArrayList<>();
    for (Source source : sources.values()) {
      source
          .root()
          .all()
          .filter(node -> node.is("string") || node.children().isEmpty())
          .forEach(node -> {
            String said = node.is("string") ? node.string() : node.text();
            if (TOO_MUCH.stream().anyMatch(said::contains)) {
              problems.add(at(source, node) + "a role over everything: " + said);
            }
            if (KEYS.matcher(said).find()) {
              problems.add(at(source, node) + "a key or a way to one: " + said);
            }
          });
    }
    return problems;
  }

  /** Grants that are not told of in a page, and those told of that are not there. */
  List<String> grants(String page) {
    List<String> problems = new ArrayList<>();
    List<String> rows =
        page.lines()
            .filter(line -> line.matches("\\| `\\w+` \\| [A-Z][A-Za-z ]+ \\| `\\w+` \\| .+ \\|"))
            .toList();
    List<String> there = new ArrayList<>();
    for (Source source : sources.values()) {
      for (Declaration grant : source.resources()) {
        if (!grant.target().startsWith("Microsoft.Authorization/roleAssignments@")) {
          continue;
        }
        there.add(grant.name());
        Tree properties = grant.body().property("properties").orElseThrow();
        String reason = properties.property("description").map(Tree::string).orElse("");
        String scope = grant.body().property("scope").map(Tree::code).orElse("");
        String role = properties.property("roleDefinitionId").map(Rules::role).orElse("");
        String row =
            "| `%s` | %s | `%s` | %s |".formatted(grant.name(), words(role), scope, reason);
        if (reason.isEmpty() || scope.isEmpty()) {
          problems.add(at(source, grant.node()) + grant.name() + " has no scope or no reason");
        } else if (!rows.contains(row)) {
          problems.add(at(source, grant.node()) + "docs/security.md has no line " + row);
        }
      }
    }
    rows.stream()
        .map(row -> row.substring(3, row.indexOf('`', 3)))
        .filter(name -> !there.contains(name))
        .forEach(
            name -> problems.add("docs/security.md tells of " + name + ", which is not there"));
    return problems;
  }

  /** The last word of an expression: roles.storageBlobDataOwner is storageBlobDataOwner. */
  private static String role(Tree expression) {
    String code = expression.code();
    return code.endsWith(".id")
        ? code.substring(0, code.length() - ".id".length())
        : code.substring(code.lastIndexOf('.') + 1);
  }

  /** Such as Storage Blob Data Owner. */
  private static String words(String name) {
    String spaced = name.replaceAll("([A-Z])", " $1");
    return Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
  }
}
