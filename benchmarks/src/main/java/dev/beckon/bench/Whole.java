package dev.beckon.bench;

import dev.beckon.bench.Figure.Arrangement;
import dev.beckon.bench.Figure.Bar;
import dev.beckon.bench.whole.AzureRuns;
import dev.beckon.bench.whole.PacedRun;
import dev.beckon.bench.whole.WholeRuns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Figures of whole runs on the emulators. */
final class Whole {
  private static final int RATE = 200;
  private static final int BURST = 20;

  /** Few enough to lie on Azurite's queues, which slow down beyond a thousand. */
  private static final int MESSAGES = 300;

  private final Path folder;
  private final Plan plan;

  Whole(Path folder, Plan plan) {
    this.folder = folder;
    this.plan = plan;
  }

  List<Figure> imports() throws IOException, InterruptedException {
    return imports("", new WholeRuns(folder, plan.bulkRows()).onAws());
  }

  /**
   * The same through the staged app of Azure's functions, its start, and its messages.
   *
   * @param app the staged folder
   */
  List<Figure> azure(Path app) throws IOException, InterruptedException {
    AzureRuns runs = new AzureRuns(folder, app);
    List<Figure> figures = new ArrayList<>();
    AzureRuns.Start start = runs.starts(Math.max(1, plan.starts()));
    figures.add(
        Figure.plain(Arrangement.WHOLE, "Azure: process to first answer", start.answered(), "ms"));
    figures.add(
        Figure.plain(
            Arrangement.WHOLE, "Azure: process to a waiting mail settled", start.settled(), "ms"));
    AzureRuns.Messages messages = runs.messages(MESSAGES);
    figures.add(
        Figure.plain(
                Arrangement.WHOLE,
                "Azure: parcels of one mail each",
                messages.parcels(),
                "parcels/s")
            .within(messages.taken(), "Azurite alone, messages received by 32 and deleted")
            .with(Map.of("messages Azurite takes a second", messages.sent())));
    figures.addAll(imports("Azure: ", new WholeRuns(folder, plan.bulkRows()).onAzure(app)));
    return figures;
  }

  private List<Figure> imports(String cloud, WholeRuns.Seen seen) {
    String rows = Report.number(plan.bulkRows());
    return List.of(
        Figure.plain(
                Arrangement.WHOLE,
                cloud + "import of " + rows + " rows, drop to last mail",
                seen.rowsPerSecond(),
                "rows/s")
            .within(
                seen.storeLimit(),
                "the embedded store alone, an insert and three updates for each row"),
        Figure.plain(
                Arrangement.WHOLE,
                cloud + "accept to sent of a single one meanwhile, p99",
                seen.p99(),
                "s")
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
