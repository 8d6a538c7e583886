package dev.beckon.template;

/** A piece of a template without blocks, for vendors that insert each recipient's values. */
public sealed interface Segment {
  /** Text that is the same for everyone. */
  record Text(String text) implements Segment {}

  /**
   * A value that differs by recipient. Equal sources in one template may still render differently,
   * because escaping follows the place.
   */
  final class Value implements Segment {
    private final Node.Output output;

    Value(Node.Output output) {
      this.output = output;
    }

    /** Returns the expression as written, without its braces: a key for logs and comparisons. */
    public String source() {
      return output.source();
    }

    /** Renders the value, already escaped for its place. */
    public String render(Values values) {
      StringBuilder out = new StringBuilder();
      output.render(values, out, Template.MAX_OUTPUT);
      return out.toString();
    }
  }
}
