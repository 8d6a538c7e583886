package dev.beckon.bench;

import dev.beckon.bench.Figure.Arrangement;
import dev.beckon.bench.Figure.Bar;
import dev.beckon.bench.whole.PacedRun;
import dev.beckon.bench.whole.WholeRuns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Figures of whole runs on the emulators. */
final class Whole {
  private static final int RATE = 200;
  private static final int BURST = 20;

  private final Path folder;
  private final Plan plan;

  Whole(Path folder, Plan plan) {
    this.folder = folder;
    this.plan = plan;
  }

  List<Figure> imports() throws IOException, InterruptedException {
    WholeRuns.Seen seen = new WholeRuns(folder, plan.bulkRows()).run();
    String rows = Report.number(plan.bulkRows());
    return List.of(
        Figure.plain(
                Arrangement.WHOLE,
                "import of " + rows + " rows, drop to last mail",
                seen.rowsPerSecond(),
                "rows/s")
            .within(
                seen.storeLimit(),
                "the embedded store alone, an insert and three updates for each row"),
        Figure.plain(
                Arrangement.WHOLE, "accept to sent of a single one meanwhile, p99", seen.p99(), "s")
            .holding(Bar.atMost(2))
            .with(
                Map.of(
                    "singles",
                    (double) seen.singles(),
                    "p50",
                    seen.p50(),
                    "slowest",
                    seen.slowest())));
  }

  List<Figure> pacing() throws IOException, InterruptedException {
    PacedRun.Seen seen = new PacedRun(folder, plan.pacedRows(), RATE, BURST).run();
    double ideal = (double) seen.requests() / RATE;
    return List.of(
        Figure.plain(
                Arrangement.WHOLE,
                "four workers at 200/s: requests in the busiest second",
                seen.busiest(),
                "requests")
            .holding(Bar.atMost(RATE + BURST))
            .with(Map.of("requests", (double) seen.requests())),
        Figure.plain(
                Arrangement.WHOLE,
                "four workers at 200/s: time over the ideal",
                seen.seconds() / ideal,
                "")
            .holding(Bar.atMost(1.1))
            .with(Map.of("seconds", seen.seconds())));
  }
}
