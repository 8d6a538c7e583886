package dev.beckon.template;

import dev.beckon.template.Operand.Figure;
import dev.beckon.template.Operand.Word;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A test in a block, with Liquid's meaning. Values are text, so one rule is ours: compared with a
 * number written in the template, a value is read as a number ({@code age >= 18}); a value that is
 * none is neither equal, nor less, nor more. Likewise {@code vip == true} asks for the text "true".
 */
sealed interface Condition {
  boolean holds(Values values);

  /** Always: an {@code else}. */
  record Always() implements Condition {
    @Override
    public boolean holds(Values values) {
      return true;
    }
  }

  /** A bare operand: everything but nothing and {@code false} counts, even empty text. */
  record Truthy(Operand operand) implements Condition {
    @Override
    public boolean holds(Values values) {
      if (operand instanceof Word word) {
        return word != Word.NIL && word != Word.FALSE;
      }
      return operand.text(values) != null;
    }
  }

  /** {@code unless}. */
  record Not(Condition inner) implements Condition {
    @Override
    public boolean holds(Values values) {
      return !inner.holds(values);
    }
  }

  /** Two conditions; the parser nests them to the right, as Liquid reads them. */
  record Both(Condition left, Condition right) implements Condition {
    @Override
    public boolean holds(Values values) {
      return left.holds(values) && right.holds(values);
    }
  }

  /** Two conditions of which one suffices. */
  record Either(Condition left, Condition right) implements Condition {
    @Override
    public boolean holds(Values values) {
      return left.holds(values) || right.holds(values);
    }
  }

  /** {@code when a, b}. */
  record Any(List<Condition> of) implements Condition {
    @Override
    public boolean holds(Values values) {
      for (int i = 0; i < of.size(); i++) {
        if (of.get(i).holds(values)) {
          return true;
        }
      }
      return false;
    }
  }

  /** {@code ==}; the word, if there is one, is on the right. */
  record Same(Operand left, Operand right) implements Condition {
    @Override
    public boolean holds(Values values) {
      if (left instanceof Word a && right instanceof Word b) {
        return a == b;
      }
      @Nullable String text = left.text(values);
      if (right instanceof Word word) {
        return switch (word) {
          case NIL -> text == null;
          case EMPTY -> text != null && text.isEmpty();
          case BLANK -> text == null || text.isBlank();
          case TRUE -> text != null && text.equalsIgnoreCase("true");
          case FALSE -> text != null && text.equalsIgnoreCase("false");
        };
      }
      if (left instanceof Figure || right instanceof Figure) {
        BigDecimal a = number(left, text);
        BigDecimal b = number(right, right.text(values));
        return a != null && b != null && a.compareTo(b) == 0;
      }
      @Nullable String other = right.text(values);
      return text == null ? other == null : text.equals(other);
    }
  }

  /** How two operands may be ordered. */
  enum Order {
    LESS,
    LESS_OR_SAME,
    MORE,
    MORE_OR_SAME
  }

  /** {@code < <= > >=}: false when either side is nothing. Text against text goes by character. */
  record Ordered(Operand left, Order order, Operand right) implements Condition {
    @Override
    public boolean holds(Values values) {
      @Nullable String text = left.text(values);
      @Nullable String other = right.text(values);
      if (text == null || other == null) {
        return false;
      }
      int sign;
      if (left instanceof Figure || right instanceof Figure) {
        BigDecimal a = number(left, text);
        BigDecimal b = number(right, other);
        if (a == null || b == null) {
          return false;
        }
        sign = a.compareTo(b);
      } else {
        sign = text.compareTo(other);
      }
      return switch (order) {
        case LESS -> sign < 0;
        case LESS_OR_SAME -> sign <= 0;
        case MORE -> sign > 0;
        case MORE_OR_SAME -> sign >= 0;
      };
    }
  }

  /** {@code contains}. */
  record Contains(Operand left, Operand right) implements Condition {
    @Override
    public boolean holds(Values values) {
      @Nullable String text = left.text(values);
      @Nullable String part = right.text(values);
      return text != null && part != null && text.contains(part);
    }
  }

  private static @Nullable BigDecimal number(Operand operand, @Nullable String text) {
    if (operand instanceof Figure figure) {
      return figure.number();
    }
    return text == null ? null : Decimals.parse(text);
  }
}
