package dev.beckon.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import liqp.TemplateParser;
import org.junit.jupiter.api.Test;

/**
 * Random templates of the shared subset render as an independent Liquid does. Left out are the
 * places where the two Liquids or our own rules are known to differ:
 *
 * <ul>
 *   <li>values compared with numbers: ours are text and read as numbers, theirs are never equal
 *   <li>{@code capitalize} on more than one upper case letter: theirs leaves the rest as it is,
 *       Liquid's documentation lowers it, and so do we
 *   <li>{@code ~} and {@code *} in {@code url_encode}: theirs encodes as HTML forms, ours by RFC
 *       3986
 *   <li>{@code replace} and {@code remove} of empty text, and {@code strip} of anything but spaces
 *   <li>{@code blank}: theirs does not count a missing value, Rails and we do
 *   <li>{@code escape} of an apostrophe: theirs leaves it, Liquid and we do not
 *   <li>two equal {@code when}s in one {@code case}
 * </ul>
 */
class LiquidOracleTest {
  private static final int CASES = 20_000;
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "gone");
  private static final List<String> TEXTS =
      List.of("", " ", "x", "anna", "Ärger", "b & <c>", " pad ", "one two three", "x1", "it's");

  private final TemplateParser oracle = new TemplateParser.Builder().build();

  @Test
  void render_randomTemplates_agreesWithAnotherLiquid() throws TemplateException {
    Random random = new Random(20260301);
    List<String> differing = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      String source = body(random, 2);
      Map<String, String> values = new HashMap<>();
      for (String name : List.of("a", "b", "c", "d")) {
        if (random.nextInt(5) > 0) {
          values.put(name, pick(TEXTS, random));
        }
      }
      String ours = Template.compile(source, Mode.TEXT, Set.copyOf(NAMES)).render(values::get);
      String theirs = oracle.parse(source).render(new HashMap<>(values));
      if (!ours.equals(theirs)) {
        differing.add(source + " with " + values + ": \"" + ours + "\", not \"" + theirs + "\"");
      }
    }
    differing.sort(Comparator.comparingInt(String::length));
    assertThat(differing.stream().limit(8)).isEmpty();
  }

  private static String body(Random random, int depth) {
    StringBuilder out = new StringBuilder();
    int parts = 1 + random.nextInt(3);
    for (int i = 0; i < parts; i++) {
      out.append(
          switch (random.nextInt(depth > 0 ? 7 : 3)) {
            case 0 -> pick(List.of("text ", " \n ", "}} ", "{ }", "é "), random);
            case 1, 2 -> output(random);
            case 3 -> "{% comment %} {{ nothing | wrong }} {% endcomment %}";
            case 4 -> cases(random, depth);
            case 5 -> choice("unless", random, depth);
            default -> choice("if", random, depth);
          });
    }
    return out.toString();
  }

  private static String choice(String word, Random random, int depth) {
    StringBuilder out = new StringBuilder();
    out.append(open(random))
        .append(word)
        .append(' ')
        .append(condition(random))
        .append(close(random));
    out.append(body(random, depth - 1));
    if (word.equals("if") && random.nextBoolean()) {
      out.append("{% elsif ")
          .append(condition(random))
          .append(" %}")
          .append(body(random, depth - 1));
    }
    if (random.nextBoolean()) {
      out.append("{% else %}").append(body(random, depth - 1));
    }
    return out.append(open(random)).append("end").append(word).append(close(random)).toString();
  }

  private static String cases(Random random, int depth) {
    return "{% case "
        + pick(NAMES, random)
        + " %}{% when \"anna\" %}"
        + body(random, depth - 1)
        + "{% when \"x\", \"x1\" or \"\" %}"
        + body(random, depth - 1)
        + (random.nextBoolean() ? "{% else %}" + body(random, depth - 1) : "")
        + "{% endcase %}";
  }

  private static String condition(Random random) {
    StringBuilder out = new StringBuilder(comparison(random));
    for (int i = random.nextInt(3); i > 0; i--) {
      out.append(random.nextBoolean() ? " and " : " or ").append(comparison(random));
    }
    return out.toString();
  }

  private static String comparison(Random random) {
    String name = pick(NAMES, random);
    String right = random.nextBoolean() ? pick(NAMES, random) : quoted(random);
    return switch (random.nextInt(6)) {
      case 0 -> name;
      case 1 -> name + " == " + right;
      case 2 -> name + " != " + right;
      case 3 -> name + " contains " + quoted(random);
      case 4 ->
          name + pick(List.of(" == ", " != "), random) + pick(List.of("nil", "empty"), random);
      default -> name + " == \"anna\"";
    };
  }

  private static String output(Random random) {
    StringBuilder out = new StringBuilder("{{").append(random.nextInt(6) == 0 ? "- " : " ");
    out.append(random.nextInt(8) == 0 ? quoted(random) : pick(NAMES, random));
    for (int i = random.nextInt(4); i > 0; i--) {
      out.append(" | ").append(filter(random));
    }
    return out.append(random.nextInt(6) == 0 ? " -}}" : " }}").toString();
  }

  private static String filter(Random random) {
    return switch (random.nextInt(16)) {
      case 0 -> "upcase";
      case 1 -> "downcase";
      case 2 -> "downcase | capitalize";
      case 3 -> "strip";
      case 4 -> "lstrip";
      case 5 -> "rstrip";
      case 6 -> "truncate: " + (3 + random.nextInt(12));
      case 7 -> "truncate: " + (3 + random.nextInt(12)) + ", \"~\"";
      case 8 -> "append: " + argument(random);
      case 9 -> "prepend: " + argument(random);
      case 10 ->
          "replace: \"" + pick(List.of("a", "x", "on", "&"), random) + "\", " + quoted(random);
      case 11 -> "remove: \"" + pick(List.of("a", "n", " "), random) + "\"";
      case 12 -> "default: " + quoted(random);
      case 13 -> "append: \"s\" | size";
      case 14 -> "remove: \"'\" | escape";
      default -> "append: \"slice\" | slice: " + random.nextInt(4) + ", " + (1 + random.nextInt(3));
    };
  }

  private static String argument(Random random) {
    return random.nextInt(4) == 0 ? pick(List.of("a", "b"), random) : quoted(random);
  }

  private static String quoted(Random random) {
    return "\"" + pick(TEXTS, random) + "\"";
  }

  private static String open(Random random) {
    return random.nextInt(6) == 0 ? "{%- " : "{% ";
  }

  private static String close(Random random) {
    return random.nextInt(6) == 0 ? " -%}" : " %}";
  }

  private static <T> T pick(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
