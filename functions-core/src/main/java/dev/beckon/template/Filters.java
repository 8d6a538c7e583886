package dev.beckon.template;

import dev.beckon.template.Operand.Figure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The filters by name. Lengths and positions count code points, as Liquid does, so that no
 * character is cut in two. A missing value is empty text to all filters.
 */
final class Filters {
  static final String URL_ENCODE = "url_encode";

  /** How a filter gets its arguments: {@code least} to {@code most} of them. */
  private record Kind(int least, int most, Binder binder) {}

  @FunctionalInterface
  private interface Binder {
    Filter bind(Part name, List<Operand> arguments) throws Refusal;
  }

  @FunctionalInterface
  private interface Change {
    String of(String text);
  }

  @FunctionalInterface
  private interface Change2 {
    String of(String text, String argument);
  }

  private static final Map<String, Kind> ALL =
      Map.ofEntries(
          plain("upcase", text -> text.toUpperCase(Locale.ROOT)),
          plain("downcase", text -> text.toLowerCase(Locale.ROOT)),
          plain("capitalize", Texts::capitalize),
          plain("strip", String::strip),
          plain("lstrip", String::stripLeading),
          plain("rstrip", String::stripTrailing),
          plain("size", text -> Integer.toString(text.codePointCount(0, text.length()))),
          plain("escape", Filters::escape),
          plain(URL_ENCODE, Filters::urlEncode),
          one("append", String::concat),
          one("prepend", (text, argument) -> argument.concat(text)),
          one("remove", (text, argument) -> Texts.replace(text, argument, "")),
          Map.entry("default", new Kind(1, 1, Filters::orElse)),
          Map.entry("replace", new Kind(1, 2, Filters::replace)),
          Map.entry("truncate", new Kind(0, 2, Filters::truncate)),
          Map.entry("slice", new Kind(1, 2, Filters::slice)),
          Map.entry("number", new Kind(0, 2, Filters::number)),
          Map.entry("date", new Kind(1, 1, Filters::date)));

  private Filters() {}

  /**
   * Returns the filter of this name with its arguments bound.
   *
   * @param html whether every output is escaped anyway: {@code escape} then does nothing, lest it
   *     be done twice
   */
  static Filter bind(Part name, List<Operand> arguments, boolean html) throws Refusal {
    Kind kind = ALL.get(name.text());
    if (kind == null) {
      throw new Refusal(
          name.offset(),
          "unknown filter \""
              + name.text()
              + "\": there are "
              + String.join(", ", new TreeMap<>(ALL).keySet()));
    }
    int given = arguments.size();
    if (given < kind.least || given > kind.most) {
      String wanted = kind.least == kind.most ? "" + kind.least : kind.least + " to " + kind.most;
      throw new Refusal(
          name.offset(), name.text() + " takes " + wanted + " arguments, not " + given);
    }
    if (html && name.text().equals("escape")) {
      return (input, values) -> input;
    }
    return kind.binder.bind(name, arguments);
  }

  private static Map.Entry<String, Kind> plain(String name, Change change) {
    Filter filter = (input, values) -> input == null ? "" : change.of(input);
    return Map.entry(name, new Kind(0, 0, (part, arguments) -> filter));
  }

  private static Map.Entry<String, Kind> one(String name, Change2 change) {
    return Map.entry(
        name,
        new Kind(
            1,
            1,
            (part, arguments) -> {
              Operand argument = arguments.getFirst();
              return (input, values) -> change.of(text(input), text(argument.text(values)));
            }));
  }

  private static Filter orElse(Part name, List<Operand> arguments) {
    Operand other = arguments.getFirst();
    return (input, values) -> input == null || input.isEmpty() ? other.text(values) : input;
  }

  private static Filter replace(Part name, List<Operand> arguments) {
    Operand from = arguments.getFirst();
    Operand to = arguments.size() > 1 ? arguments.get(1) : new Operand.Quoted("");
    return (input, values) ->
        Texts.replace(text(input), text(from.text(values)), text(to.text(values)));
  }

  private static Filter truncate(Part name, List<Operand> arguments) throws Refusal {
    int length = arguments.isEmpty() ? 50 : whole(name, arguments.getFirst());
    Operand dots = arguments.size() > 1 ? arguments.get(1) : new Operand.Quoted("...");
    return (input, values) -> Texts.truncate(text(input), length, text(dots.text(values)));
  }

  private static Filter slice(Part name, List<Operand> arguments) throws Refusal {
    int from = whole(name, arguments.getFirst());
    int length = arguments.size() > 1 ? whole(name, arguments.get(1)) : 1;
    return (input, values) -> Texts.slice(text(input), from, length);
  }

  private static Filter number(Part name, List<Operand> arguments) throws Refusal {
    int places = arguments.isEmpty() ? -1 : whole(name, arguments.getFirst());
    if (!arguments.isEmpty() && (places < 0 || places > 9)) {
      throw new Refusal(name.offset(), "number takes 0 to 9 decimal places");
    }
    Operand language = arguments.size() > 1 ? arguments.get(1) : new Operand.Quoted("en");
    return (input, values) -> Figures.format(text(input), places, text(language.text(values)));
  }

  private static Filter date(Part name, List<Operand> arguments) throws Refusal {
    if (arguments.getFirst() instanceof Operand.Quoted quoted) {
      Dates dates = Dates.compile(quoted.text(), name.offset());
      return (input, values) -> dates.format(text(input));
    }
    throw new Refusal(name.offset(), "date takes a quoted format such as \"%d %B %Y\"");
  }

  private static int whole(Part name, Operand argument) throws Refusal {
    if (argument instanceof Figure figure
        && figure.number().stripTrailingZeros().scale() <= 0
        && figure.number().abs().longValue() <= Template.MAX_VALUE
        && figure.number().precision() <= 9) {
      return figure.number().intValue();
    }
    throw new Refusal(
        name.offset(),
        name.text() + " takes a whole number up to " + Template.MAX_VALUE + " written out");
  }

  private static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    Sink.escape(text, out);
    return out.toString();
  }

  /** As forms do: a space becomes a plus, the rest is percent-encoded. */
  private static String urlEncode(String text) {
    String encoded = Percent.encode(text);
    return encoded.contains("%20") ? encoded.replace("%20", "+") : encoded;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
