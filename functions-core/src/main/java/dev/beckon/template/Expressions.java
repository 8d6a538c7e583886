package dev.beckon.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads what stands inside one tag. Not thread-safe, lives for one tag. */
final class Expressions {
  /** Conditions nest to the right, so this bounds the depth of their evaluation. */
  private static final int MAX_PARTS = 400;

  private static final int MAX_FILTERS = 20;

  private final List<Part> parts;
  private final Set<String> known;
  private final Set<String> used;
  private final Problems problems;
  private int at;

  Expressions(String content, int offset, Set<String> known, Set<String> used, Problems problems)
      throws Refusal {
    this.parts = Part.cut(content, offset);
    if (parts.size() > MAX_PARTS) {
      throw new Refusal(offset, "this tag is too long: say it in several tags");
    }
    this.known = known;
    this.used = used;
    this.problems = problems;
  }

  /** A value and its filters; {@code encoded} says that it is percent-encoded already. */
  record Piped(Operand start, List<Filter> filters, boolean encoded) {}

  Piped output(boolean html) throws Refusal {
    if (peek().kind() == Part.Kind.END) {
      throw new Refusal(peek().offset(), "nothing to write: put a name between {{ and }}");
    }
    Operand start = operand();
    List<Filter> filters = new ArrayList<>();
    boolean encoded = false;
    while (peek().isSign("|")) {
      at++;
      Part name = next();
      if (name.kind() != Part.Kind.NAME) {
        throw new Refusal(name.offset(), "a filter's name belongs behind |");
      }
      List<Operand> arguments = arguments();
      if (filters.size() == MAX_FILTERS) {
        throw new Refusal(name.offset(), "more than " + MAX_FILTERS + " filters: use fewer");
      }
      try {
        filters.add(Filters.bind(name, arguments, html));
      } catch (Refusal refusal) {
        problems.add(refusal.offset(), refusal.remedy());
      }
      // what a recipient's value adds behind url_encode is not encoded
      encoded =
          name.text().equals(Filters.URL_ENCODE)
              || (encoded && arguments.stream().noneMatch(Operand.Name.class::isInstance));
    }
    end("a | and a filter, or }}");
    return new Piped(start, filters, encoded);
  }

  private List<Operand> arguments() throws Refusal {
    List<Operand> arguments = new ArrayList<>();
    if (peek().isSign(":")) {
      do {
        at++;
        arguments.add(operand());
      } while (peek().isSign(","));
    }
    return arguments;
  }

  /** Reads {@code a == b and c or d}; as in Liquid the rightmost word binds first. */
  Condition condition() throws Refusal {
    Condition left = comparison();
    if (peek().isWord("and")) {
      at++;
      return new Condition.Both(left, condition());
    }
    if (peek().isWord("or")) {
      at++;
      return new Condition.Either(left, condition());
    }
    end("\"and\", \"or\", or %}");
    return left;
  }

  private Condition comparison() throws Refusal {
    Operand left = operand();
    Part sign = peek();
    if (sign.isWord("contains")) {
      at++;
      return new Condition.Contains(noWord(left, sign), noWord(operand(), sign));
    }
    if (sign.kind() != Part.Kind.SIGN) {
      return new Condition.Truthy(left);
    }
    at++;
    return switch (sign.text()) {
      case "==" -> same(left, operand());
      case "!=", "<>" -> new Condition.Not(same(left, operand()));
      case "<" -> ordered(left, Condition.Order.LESS, sign);
      case "<=" -> ordered(left, Condition.Order.LESS_OR_SAME, sign);
      case ">" -> ordered(left, Condition.Order.MORE, sign);
      case ">=" -> ordered(left, Condition.Order.MORE_OR_SAME, sign);
      case "=" -> throw new Refusal(sign.offset(), "\"=\" compares nothing: use ==");
      default ->
          throw new Refusal(
              sign.offset(),
              "\"" + sign.text() + "\" compares nothing: use == != < > <= >= or contains");
    };
  }

  private Condition ordered(Operand left, Condition.Order order, Part sign) throws Refusal {
    return new Condition.Ordered(noWord(left, sign), order, noWord(operand(), sign));
  }

  private static Operand noWord(Operand operand, Part sign) throws Refusal {
    if (operand instanceof Operand.Word) {
      throw new Refusal(
          sign.offset(), "true, false, nil, empty and blank can only be compared by == and !=");
    }
    return operand;
  }

  static Condition same(Operand left, Operand right) {
    return left instanceof Operand.Word
        ? new Condition.Same(right, left)
        : new Condition.Same(left, right);
  }

  /** Reads what {@code case} asks about. */
  Operand subject() throws Refusal {
    Operand subject = operand();
    end("%}");
    return subject;
  }

  /** Reads the values of a {@code when}. */
  Condition when(Operand subject) throws Refusal {
    List<Condition> any = new ArrayList<>();
    any.add(same(subject, operand()));
    while (peek().isSign(",") || peek().isWord("or")) {
      at++;
      any.add(same(subject, operand()));
    }
    end("a comma, \"or\", or %}");
    return any.size() == 1 ? any.getFirst() : new Condition.Any(List.copyOf(any));
  }

  private Operand operand() throws Refusal {
    Part part = next();
    return switch (part.kind()) {
      case QUOTED -> new Operand.Quoted(part.text());
      case NUMBER -> {
        BigDecimal number = Decimals.parse(part.text());
        if (number == null) {
          throw new Refusal(part.offset(), "\"" + part.text() + "\" is no plain number");
        }
        yield new Operand.Figure(part.text(), number);
      }
      case NAME -> name(part);
      case SIGN ->
          throw new Refusal(
              part.offset(), "a name, text or number is missing before \"" + part.text() + "\"");
      case END -> throw new Refusal(part.offset(), "a name, text or number is missing here");
    };
  }

  private Operand name(Part part) {
    String name = part.text();
    if (known.contains(name)) {
      used.add(name);
      return new Operand.Name(name);
    }
    return switch (name) {
      case "true" -> Operand.Word.TRUE;
      case "false" -> Operand.Word.FALSE;
      case "nil", "null" -> Operand.Word.NIL;
      case "empty" -> Operand.Word.EMPTY;
      case "blank" -> Operand.Word.BLANK;
      default -> {
        problems.add(part.offset(), "unknown name \"" + name + "\": " + Near.remedy(name, known));
        yield new Operand.Name(name);
      }
    };
  }

  private void end(String expected) throws Refusal {
    Part part = peek();
    if (part.kind() != Part.Kind.END) {
      throw new Refusal(
          part.offset(), "\"" + part.text() + "\" is not expected here: " + expected + " is");
    }
  }

  private Part peek() {
    return parts.get(at);
  }

  private Part next() {
    Part part = parts.get(at);
    at = Math.min(at + 1, parts.size() - 1);
    return part;
  }
}
