package dev.beckon.bench;

import dev.beckon.bench.Figure.Arrangement;
import dev.beckon.bench.Figure.Bar;
import dev.beckon.bench.api.LoadSeen;
import dev.beckon.bench.whole.ApiRuns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Figures of the HTTP API. The bars are ten times what the provisioning guide expects of two cores:
 * 30 requests and 18,000 records a minute, and 105 calls a second.
 */
final class Api {
  private static final double REQUESTS = 10 * 30 / 60.0;
  private static final double RECORDS = 10 * 18_000 / 60.0;
  private static final double CALLS = 10 * 105;

  private static final int CONNECTIONS = 16;
  private static final int FEW = 2;
  private static final int ROWS = 1_000;
  private static final int WRONG_KEYS = 100;

  private final Path folder;
  private final Plan.Api plan;

  Api(Path folder, Plan.Api plan) {
    this.folder = folder;
    this.plan = plan;
  }

  List<Figure> run() throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    try (ApiRuns runs = new ApiRuns(folder, plan.warmUpSeconds(), plan.seconds())) {
      figures.add(requests("API: an invitation read", runs.read(CONNECTIONS), CALLS));
      figures.add(
          requests("API: one invitation handed in", runs.handIn(1, CONNECTIONS, 0), REQUESTS));
      figures.add(
          requests(
              "API: the same beside 100 wrong keys/s",
              runs.handIn(1, CONNECTIONS, WRONG_KEYS),
              REQUESTS));
      figures.add(records("API: 1,000 handed in at once", runs.handIn(ROWS, FEW, 0)));
      runs.work();
      figures.add(
          requests(
              "API: one handed in, and all of it sent", runs.handIn(1, CONNECTIONS, 0), REQUESTS));
    }
    return figures;
  }

  private static Figure requests(String name, ApiRuns.Run run, double bar) {
    return Figure.plain(Arrangement.WHOLE, name, run.seen().rate(), "requests/s")
        .holding(Bar.atLeast(bar))
        .with(details(run));
  }

  private static Figure records(String name, ApiRuns.Run run) {
    Map<String, Double> details = new LinkedHashMap<>();
    details.put("requests a second", run.seen().rate());
    details.putAll(details(run));
    return Figure.plain(Arrangement.WHOLE, name, run.seen().rate() * ROWS, "records/s")
        .holding(Bar.atLeast(RECORDS))
        .with(details);
  }

  private static Map<String, Double> details(ApiRuns.Run run) {
    Map<String, Double> details = new LinkedHashMap<>();
    LoadSeen seen = run.seen();
    details.put("p50 ms", seen.p50());
    details.put("p99 ms", seen.p99());
    details.put("slowest ms", seen.slowest());
    details.put("CPU ms each", run.cpuMillis());
    details.put("errors", (double) seen.errors());
    if (seen.turnedAway() > 0) {
      details.put("turned away", (double) seen.turnedAway());
    }
    return details;
  }
}
