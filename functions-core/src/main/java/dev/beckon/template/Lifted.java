package dev.beckon.template;

import java.util.ArrayList;
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
  private final List<Bound> bounds = new ArrayList<>();
  private final List<Variable> variables;

  Lifted(List<SharedText> parts, List<SharedText> links, List<Variable> variables) {
    this.parts = List.copyOf(parts);
    this.variables = List.copyOf(variables);
    links.forEach(link -> bounds.add(new Bound(link, "a value", Template.MAX_VALUE)));
    parts.forEach(part -> bounds.add(new Bound(part, "the message", Template.MAX_OUTPUT)));
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
    int longest = 0;
    for (int i = 0; i < made.length; i++) {
      out.setLength(0);
      variables.get(i).append(values, ofLinks, out);
      made[i] = out.toString();
      longest = Math.max(longest, out.length());
    }
    List<String> list = List.of(made);
    for (int i = 0; i < bounds.size(); i++) {
      bounds.get(i).check(list, longest);
    }
    return list;
  }

  @Override
  public String toString() {
    return "Lifted[" + parts.size() + " parts, " + variables.size() + " variables]";
  }

  /** What a text of one recipient must not outgrow. */
  private static final class Bound {
    private final SharedText text;
    private final String what;
    private final int limit;
    private final long literal;
    private final int gaps;

    Bound(SharedText text, String what, int limit) {
      this.text = text;
      this.what = what;
      this.limit = limit;
      this.literal = text.literalLength();
      this.gaps = text.gaps();
    }

    /** Counts only where the longest value leaves a doubt: this is done for every recipient. */
    void check(List<String> values, int longest) {
      if (literal + (long) gaps * longest > limit && text.length(values) > limit) {
        throw new OutputTooLongException(what, limit);
      }
    }
  }
}
