package dev.beckon.bench;

import dev.beckon.bench.measure.Outcome;
import dev.beckon.bench.measure.Round;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The two dispatch tables of the provisioning guide, ours beside them. Its rates are those of one
 * request after the other, so each implies how long its vendor took to answer; ours is measured at
 * that latency. What the guide leaves out is left out here.
 */
final class GuideTable {
  /** Connections to mail servers in the benchmarks' account. */
  private static final int CONNECTIONS = 64;

  /** Ten calls of 2,000. */
  private static final int BULK = 20_000;

  /** Mails that one connection sends in a call. */
  private static final int SLOW_BATCH = 2;

  /** Milliseconds. */
  private static final int SHORTEST_ROUND = 500;

  /**
   * One line of the guide.
   *
   * @param one a second with one compute
   * @param two a second with two; null where the guide has no figure
   * @param dispatch ours, at the latency that follows from {@code one}
   * @param assumed why the latency is not 1 ÷ rate; empty where it is
   */
  record Row(
      String cloud,
      String vendor,
      double one,
      @Nullable Double two,
      String dispatch,
      String assumed) {}

  private static final String CALL =
      "a rate of a bulk vendor implies no latency; a second for each call is assumed";

  private static final List<Row> ROWS =
      List.of(
          new Row("AWS", "SMTP", 0.75, 1.15, "mail-1333", ""),
          new Row("AWS", "MessageBird", 0.55, null, "text-1818", ""),
          new Row("AWS", "SparkPost", 115, null, "bulk-1000", CALL),
          new Row("Azure", "SMTP", 1, null, "mail-1000", ""),
          new Row("Azure", "MessageBird", 35, 60.0, "text-29", ""),
          new Row("Azure", "SparkPost", 200, null, "bulk-1000", CALL));

  /** A line with ours beside it, a second each. */
  record Filled(Row row, double one, double two) {}

  private final Crew crew;
  private final Plan plan;

  GuideTable(Crew crew, Plan plan) {
    this.crew = crew;
    this.plan = plan;
  }

  List<Filled> fill() {
    List<Filled> filled = new ArrayList<>();
    Map<String, double[]> known = new HashMap<>();
    for (Row row : ROWS.subList(0, plan.guideLines())) {
      double[] rates =
          known.computeIfAbsent(row.dispatch(), any -> new double[] {rate(row, 1), rate(row, 2)});
      filled.add(new Filled(row, rates[0], rates[1]));
    }
    return filled;
  }

  private double rate(Row row, int workers) {
    int latency = Integer.parseInt(row.dispatch().substring(row.dispatch().indexOf('-') + 1));
    // so many answers in a row that the round lasts long enough to mean something
    int answers = row.vendor().equals("SMTP") ? SLOW_BATCH : 1;
    int waves = plan.guideWaves() * Math.max(answers, SHORTEST_ROUND / latency);
    int size = row.vendor().equals("SparkPost") ? plan.guideWaves() * BULK : CONNECTIONS * waves;
    List<Outcome> outcomes = crew.runTogether(row.dispatch(), workers, 1, size);
    return outcomes.stream().mapToDouble(outcome -> outcome.median(Round::rate)).sum();
  }

  static void print(PrintWriter out, List<Filled> table) {
    out.printf(
        "%nThe guide's dispatch tables, ours at the latency they imply (messages accepted by the vendor)%n");
    out.printf(
        "  %-6s %-12s %12s %12s %14s %14s %14s %14s%n",
        "cloud",
        "vendor",
        "guide, 1",
        "guide, 2",
        "ours, 1 /s",
        "ours, 1 /min",
        "ours, 2 /s",
        "ours, 2 /min");
    for (Filled line : table) {
      Double two = line.row().two();
      out.printf(
          Locale.ROOT,
          "  %-6s %-12s %12s %12s %14s %14s %14s %14s%n",
          line.row().cloud(),
          line.row().vendor(),
          Report.number(line.row().one()),
          two == null ? "–" : Report.number(two),
          Report.number(line.one()),
          Report.number(line.one() * 60),
          Report.number(line.two()),
          Report.number(line.two() * 60));
    }
    table.stream()
        .map(line -> line.row().assumed())
        .filter(assumed -> !assumed.isEmpty())
        .distinct()
        .forEach(assumed -> out.println("  SparkPost: " + assumed));
    out.flush();
  }

  static List<Figure> figures(List<Filled> table) {
    List<Figure> figures = new ArrayList<>();
    for (Filled line : table) {
      String name = "guide's table: " + line.row().cloud() + " " + line.row().vendor();
      figures.add(
          Figure.plain(Figure.Arrangement.PATHS, name + ", 1 compute", line.one(), "/s")
              .with(Map.of("the guide", line.row().one())));
      Double two = line.row().two();
      figures.add(
          Figure.plain(Figure.Arrangement.PATHS, name + ", 2 computes", line.two(), "/s")
              .with(two == null ? Map.of() : Map.of("the guide", two)));
    }
    return figures;
  }
}
