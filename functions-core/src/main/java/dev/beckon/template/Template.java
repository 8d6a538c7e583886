package dev.beckon.template;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A compiled message template: a subset of <a href="https://shopify.github.io/liquid/">Liquid</a>
 * without loops, assignments, includes or calls, so that size and time of a rendering are bounded
 * by its source and the recipient's values. Immutable and thread-safe; compile once, render for
 * every recipient.
 *
 * <p>The language: {@code {{ name | filter: argument }}}, {@code if / elsif / else}, {@code
 * unless}, {@code case / when}, {@code comment}, and {@code -} inside a tag to trim the white space
 * beside it. A name without a value renders as nothing. As in Liquid, empty text counts as true in
 * a condition and {@code and}/{@code or} are read from the right; ask {@code name != blank} for
 * "has something in it".
 */
public final class Template {
  /** The longest template, in characters. */
  public static final int MAX_SOURCE = 256 * 1024;

  /** The longest rendering, in characters. */
  public static final int MAX_OUTPUT = 512 * 1024;

  /** The longest single value, before or after any filter, in characters. */
  public static final int MAX_VALUE = 64 * 1024;

  private static final int GUESS_PER_VALUE = 24;

  private final Mode mode;
  private final Node[] nodes;
  private final Set<String> names;
  private final int expectedLength;

  Template(Mode mode, List<Node> nodes, Set<String> names) {
    this.mode = mode;
    this.nodes = nodes.toArray(Node[]::new);
    this.names = Set.copyOf(names);
    int length = 0;
    for (Node node : nodes) {
      length += node instanceof Node.Literal literal ? literal.text().length() : GUESS_PER_VALUE;
    }
    this.expectedLength = length;
  }

  /**
   * Compiles a template.
   *
   * @param knownNames the names a recipient may have values for; any other is refused
   * @throws TemplateException with every problem found, each with its place and remedy
   */
  public static Template compile(String source, Mode mode, Set<String> knownNames)
      throws TemplateException {
    return new Compiler(source, mode, knownNames).compile();
  }

  /**
   * Renders for one recipient.
   *
   * @throws OutputTooLongException when the values make it longer than {@link #MAX_OUTPUT}
   */
  public String render(Values values) {
    StringBuilder out = new StringBuilder(expectedLength);
    render(values, out);
    return out.toString();
  }

  /**
   * Renders for one recipient, appending to what {@code out} holds already.
   *
   * @throws OutputTooLongException when the values make it longer than {@link #MAX_OUTPUT}; {@code
   *     out} then holds a part of the rendering
   */
  public void render(Values values, StringBuilder out) {
    int limit = out.length() + MAX_OUTPUT;
    for (Node node : nodes) {
      node.render(values, out, limit);
    }
    if (out.length() > limit) {
      throw new OutputTooLongException("the message", MAX_OUTPUT);
    }
  }

  /** Returns what this template renders into. */
  public Mode mode() {
    return mode;
  }

  /** Returns the names this template may ask for. */
  public Set<String> names() {
    return names;
  }

  /**
   * Whether this template has no blocks: a bulk vendor can be sent it once, with each recipient's
   * values beside.
   */
  public boolean isStraightLine() {
    for (Node node : nodes) {
      if (node instanceof Node.Branch) {
        return false;
      }
    }
    return true;
  }

  void forEachNode(Consumer<Node> visitor) {
    for (Node node : nodes) {
      visitor.accept(node);
    }
  }

  @Override
  public String toString() {
    return "Template[" + mode + ", " + nodes.length + " segments]";
  }
}
