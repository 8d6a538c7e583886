package dev.beckon.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures as a table for people and as JSON for programs. */
final class Report {
  private final Machine machine;
  private final List<Figure> figures;

  Report(Machine machine, List<Figure> figures) {
    this.machine = machine;
    this.figures = List.copyOf(figures);
  }

  void print(PrintWriter out) {
    out.println(machine.line());
    for (Figure.Arrangement arrangement : Figure.Arrangement.values()) {
      List<Figure> own =
          figures.stream().filter(figure -> figure.arrangement() == arrangement).toList();
      if (!own.isEmpty()) {
        print(out, arrangement, own);
      }
    }
    out.flush();
  }

  private static void print(PrintWriter out, Figure.Arrangement arrangement, List<Figure> own) {
    out.printf(
        Locale.ROOT,
        "%n%s%n  %-44s %12s %-14s %12s %6s  %-10s %s%n",
        arrangement.title(),
        "figure",
        "value",
        "unit",
        "limit",
        "ratio",
        "bar",
        "");
    for (Figure figure : own) {
      Double limit = figure.limit();
      Double ratio = figure.ratio();
      Figure.Bar bar = figure.bar();
      Boolean passes = figure.passes();
      out.printf(
          Locale.ROOT,
          "  %-44s %12s %-14s %12s %6s  %-10s %s%n",
          figure.name(),
          number(figure.value()),
          figure.unit(),
          limit == null ? "" : number(limit),
          ratio == null ? "" : "%.0f %%".formatted(ratio * 100),
          bar == null ? "" : (bar.atLeast() ? "≥ " : "≤ ") + number(bar.value()),
          passes == null ? "" : passes ? "pass" : "SHORT");
      if (!figure.details().isEmpty()) {
        out.println("      " + details(figure.details()));
      }
      if (!figure.limitName().isEmpty()) {
        out.println("      limit: " + figure.limitName());
      }
    }
  }

  private static String details(Map<String, Double> details) {
    StringBuilder line = new StringBuilder();
    details.forEach((name, value) ->
        line.append(line.isEmpty() ? "" : " · ").append(name).append(' ').append(number(value)));
    return line.toString();
  }

  /** Three digits where there are so few, thousands in groups where there are more. */
  static String number(double value) {
    double size = Math.abs(value);
    if (size >= 100 || value == 0) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
  }

  void write(Path file) throws IOException {
    JsonMapper json = JsonMapper.builder().build();
    ObjectNode root = json.createObjectNode();
    root.set("machine", json.valueToTree(machine));
    ArrayNode list = root.putArray("figures");
    for (Figure figure : figures) {
      ObjectNode node = list.addObject();
      node.put("arrangement", figure.arrangement().name().toLowerCase(Locale.ROOT));
      node.put("name", figure.name());
      node.put("value", figure.value());
      node.put("unit", figure.unit());
      node.put("limit", figure.limit());
      node.put("limitName", figure.limitName());
      node.put("ratio", figure.ratio());
      Figure.Bar bar = figure.bar();
      if (bar != null) {
        node.put(bar.atLeast() ? "atLeast" : "atMost", bar.value());
        node.put("passes", figure.passes());
      }
      ObjectNode details = node.putObject("details");
      figure.details().forEach(details::put);
    }
    json.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
  }
}
