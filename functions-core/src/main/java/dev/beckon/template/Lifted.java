package dev.beckon.template;

import java.util.List;

/**
 * Templates lifted together, so that values they have in common are made and sent once. Everything
 * is evaluated and escaped here; who inserts the values evaluates nothing. Immutable, thread-safe.
 */
public final class Lifted {
  /** Makes the value of one variable. */
  @FunctionalInterface
  interface Variable {
    void append(Values values, Values ofLinks, StringBuilder out);
  }

  private final List<SharedText> parts;
  private final List<SharedText> links;
  private final List<Variable> variables;

  Lifted(List<SharedText> parts, List<SharedText> links, List<Variable> variables) {
    this.parts = List.copyOf(parts);
    this.links = List.copyOf(links);
    this.variables = List.copyOf(variables);
  }

  /** The shared texts, in the order their templates were lifted. */
  public List<SharedText> parts() {
    return parts;
  }

  /**
   * The values of one recipient, by the number of their variable.
   *
   * @param values for names in templates
   * @param ofLinks for names in links, the token among them
   * @throws OutputTooLongException where rendering a template would throw it too
   */
  public List<String> values(Values values, Values ofLinks) {
    String[] made = new String[variables.size()];
    StringBuilder out = new StringBuilder(64);
    for (int i = 0; i < made.length; i++) {
      out.setLength(0);
      variables.get(i).append(values, ofLinks, out);
      made[i] = out.toString();
    }
    List<String> list = List.of(made);
    bound(links, list, "a value", Template.MAX_VALUE);
    bound(parts, list, "the message", Template.MAX_OUTPUT);
    return list;
  }

  @Override
  public String toString() {
    return "Lifted[" + parts.size() + " parts, " + variables.size() + " variables]";
  }

  private static void bound(List<SharedText> texts, List<String> values, String what, int limit) {
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i).length(values) > limit) {
        throw new OutputTooLongException(what, limit);
      }
    }
  }
}
