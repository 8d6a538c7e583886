package dev.beckon.template;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What an expression or a condition talks about. */
sealed interface Operand {
  /** Returns this operand as text, or null for nothing. */
  @Nullable String text(Values values);

  /** A recipient's value. */
  record Name(String name) implements Operand {
    @Override
    public @Nullable String text(Values values) {
      String value = values.get(name);
      if (value != null && value.length() > Template.MAX_VALUE) {
        throw new OutputTooLongException("a value", Template.MAX_VALUE);
      }
      return value;
    }
  }

  /** Quoted text. */
  record Quoted(String text) implements Operand {
    @Override
    public String text(Values values) {
      return text;
    }
  }

  /** A number, as written. */
  record Figure(String text, BigDecimal number) implements Operand {
    @Override
    public String text(Values values) {
      return text;
    }
  }

  /** The words of Liquid. */
  enum Word implements Operand {
    TRUE,
    FALSE,
    NIL,
    EMPTY,
    BLANK;

    @Override
    public @Nullable String text(Values values) {
      return switch (this) {
        case TRUE -> "true";
        case FALSE -> "false";
        case NIL, EMPTY, BLANK -> null;
      };
    }
  }
}
