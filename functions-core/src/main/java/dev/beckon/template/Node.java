package dev.beckon.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A compiled piece of a template; immutable. */
sealed interface Node {
  /**
   * Appends this piece.
   *
   * @param limit the length {@code out} must not exceed after a value
   */
  void render(Values values, StringBuilder out, int limit);

  /** Literal text. */
  record Literal(String text) implements Node {
    @Override
    public void render(Values values, StringBuilder out, int limit) {
      out.append(text);
    }
  }

  /** A value, its filters, and how it is made harmless. */
  record Output(String source, Operand start, List<Filter> filters, Sink sink) implements Node {
    @Override
    public void render(Values values, StringBuilder out, int limit) {
      @Nullable String value = start.text(values);
      for (int i = 0; i < filters.size(); i++) {
        value = filters.get(i).apply(value, values);
        if (value != null && value.length() > Template.MAX_VALUE) {
          throw new OutputTooLongException("a value", Template.MAX_VALUE);
        }
      }
      sink.append(value == null ? "" : value, out);
      if (out.length() > limit) {
        throw new OutputTooLongException("the message", Template.MAX_OUTPUT);
      }
    }
  }

  /** One arm of a block. */
  record Arm(Condition when, List<Node> body) {}

  /** {@code if}, {@code unless} and {@code case}: the first arm that holds is rendered. */
  record Branch(List<Arm> arms) implements Node {
    @Override
    public void render(Values values, StringBuilder out, int limit) {
      for (int i = 0; i < arms.size(); i++) {
        Arm arm = arms.get(i);
        if (arm.when.holds(values)) {
          for (int j = 0; j < arm.body.size(); j++) {
            arm.body.get(j).render(values, out, limit);
          }
          return;
        }
      }
    }
  }
}
