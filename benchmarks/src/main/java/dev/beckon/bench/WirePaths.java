package dev.beckon.bench;

import dev.beckon.bench.Figure.Arrangement;
import dev.beckon.bench.Figure.Bar;
import dev.beckon.bench.measure.Outcome;
import dev.beckon.bench.measure.Round;
import dev.beckon.local.demo.SampleRows;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The paths of the core, each beside what the same core reaches without us: the bars stand here.
 */
final class WirePaths {
  private static final double LIMIT_WARM_UP = 1;
  private static final int LIMIT_ROUNDS = 3;
  private static final long SEED = 20_261_101;

  /** In flight ÷ latency of the slow vendors: 64 at 50 ms. */
  private static final double SLOW_IDEAL = 64 / 0.050;

  private final Crew crew;
  private final Plan plan;
  private double settles;

  WirePaths(Crew crew, Plan plan) {
    this.crew = crew;
    this.plan = plan;
  }

  Figure bulk() {
    Outcome ours = core("bulk-0", 200_000);
    double http = limit("limit-bulk-0", 2_000_000);
    // the rows of a call are settled in one write, so a write for each is no limit here
    return figure("bulk-send, 2,000 a call", ours, "invitations/s")
        .within(http, "a bare writer of prepared requests")
        .holding(Bar.atLeast(150_000));
  }

  Figure single() {
    Outcome ours = core("text-0", 20_000);
    double http = limit("limit-text-0", 60_000);
    return figure("single-send over HTTP, 0 ms", ours, "invitations/s")
        .within(oneAfterTheOther(http, settles()), bare("requests", http))
        .holding(Bar.atLeast(12_000));
  }

  Figure slowSingle() {
    // a round of several seconds: its beginning and end, when not all is under way, weigh little
    Outcome ours = core("text-50", 10_000);
    double http = limit("limit-text-50", 4_000);
    return figure("single-send over HTTP, 50 ms, 64 in flight", ours, "invitations/s")
        .within(
            SLOW_IDEAL, "64 in flight ÷ 50 ms; a bare writer reaches " + Report.number(http) + "/s")
        .holding(Bar.atLeast(0.95 * SLOW_IDEAL));
  }

  Figure mail() {
    Outcome ours = core("mail-0", 20_000);
    double smtp = limit("limit-mail-0", 60_000);
    return figure("SMTP, 0 ms", ours, "mails/s")
        .within(oneAfterTheOther(smtp, settles()), bare("pipelined mails", smtp))
        .holding(Bar.atLeast(5_000));
  }

  Figure slowMail() {
    Outcome ours = core("mail-50", 10_000);
    double smtp = limit("limit-mail-50", 4_000);
    return figure("SMTP, 50 ms, 64 connections", ours, "mails/s")
        .within(
            SLOW_IDEAL,
            "64 connections ÷ 50 ms; a bare writer reaches " + Report.number(smtp) + "/s");
  }

  Figure csv() throws IOException {
    int rows = plan.size(100_000);
    file(rows);
    Outcome ours = crew.run("csv", plan.warmUpSeconds(), plan.rounds(), rows);
    double inserts = limit("limit-insert", 500_000);
    Map<String, Double> details = details(ours);
    for (String part : List.of("scanSeconds", "acceptSeconds")) {
      details.put(
          part.replace("Seconds", " s"),
          ours.median(round -> round.details().getOrDefault(part, 0.0)));
    }
    return figure("CSV rows to ready parcels", ours, "rows/s")
        .with(details)
        .within(
            oneAfterTheOther(inserts, settles()),
            "bare inserts " + Report.number(inserts) + "/s, then as many single-document updates")
        .holding(Bar.atLeast(60_000));
  }

  List<Figure> heap() throws IOException {
    List<Figure> figures = new ArrayList<>();
    for (int rows : plan.heapRows()) {
      file(rows);
      Outcome ours = crew.run("heap", 0, 1, rows, "128m");
      Figure figure =
          Figure.plain(
                  Arrangement.PATHS,
                  "heap held, CSV of " + Report.number(rows) + " rows",
                  ours.peakHeap() / 1e6,
                  "MB")
              .within(ours.mostHeap() / 1e6, "-Xmx128m")
              .with(Map.of("seconds", ours.median(Round::seconds)));
      figures.add(
          figures.isEmpty()
              ? figure
              : figure.holding(Bar.atMost(Math.max(64, 2 * figures.getFirst().value()))));
      if (rows > 1_000_000) {
        Files.delete(crew.folder().resolve("customers-" + rows + ".csv"));
      }
    }
    return figures;
  }

  private void file(int rows) throws IOException {
    Path file = crew.folder().resolve("customers-" + rows + ".csv");
    if (!Files.exists(file)) {
      try (OutputStream out = Files.newOutputStream(file)) {
        SampleRows.writeCustomers(out, rows, SEED);
      }
    }
  }

  private Outcome core(String scenario, int atScaleOne) {
    return crew.run(scenario, plan.warmUpSeconds(), plan.rounds(), plan.size(atScaleOne));
  }

  private double limit(String scenario, int atScaleOne) {
    return crew.run(scenario, LIMIT_WARM_UP, LIMIT_ROUNDS, plan.size(atScaleOne))
        .median(Round::rate);
  }

  private double settles() {
    if (settles == 0) {
      settles = limit("limit-settle", 500_000);
    }
    return settles;
  }

  /** What a core reaches that does the one and the other for each invitation. */
  private static double oneAfterTheOther(double one, double other) {
    return 1 / (1 / one + 1 / other);
  }

  private static String bare(String what, double rate) {
    return "bare "
        + what
        + " "
        + Report.number(rate)
        + "/s and one single-document update each, one after the other on one core";
  }

  private static Figure figure(String name, Outcome ours, String unit) {
    return Figure.plain(Arrangement.PATHS, name, ours.median(Round::rate), unit)
        .with(details(ours));
  }

  private static Map<String, Double> details(Outcome ours) {
    Map<String, Double> details = new LinkedHashMap<>();
    details.put("CPU ms per 1,000", ours.median(round -> round.cpuSeconds() * 1e6 / round.done()));
    details.put("per CPU second", ours.median(round -> round.done() / round.cpuSeconds()));
    details.put("bytes each", ours.median(round -> (double) round.allocated() / round.done()));
    details.put("GC share", ours.median(round -> round.gcSeconds() / round.seconds()));
    details.put("core share", ours.median(round -> round.cpuSeconds() / round.seconds()));
    details.put(
        "sinks' core share", ours.median(round -> round.sinkCpuSeconds() / round.seconds()));
    details.put("spread", ours.spread());
    return details;
  }
}
