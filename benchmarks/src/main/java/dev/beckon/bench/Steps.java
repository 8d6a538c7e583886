package dev.beckon.bench;

import dev.beckon.bench.Figure.Arrangement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the JMH benchmarks of single steps, with what each allocates. */
final class Steps {
  private static final String ALLOCATION = "gc.alloc.rate.norm";

  private static final int NEEDS_CONSENT = 24;

  private final Plan.Steps plan;

  Steps(Plan.Steps plan) {
    this.plan = plan;
  }

  /** JMH uses Unsafe; newer JDKs would warn of it in every fork. */
  private static String[] quiet() {
    return Runtime.version().feature() >= NEEDS_CONSENT
        ? new String[] {"--sun-misc-unsafe-memory-access=allow"}
        : new String[0];
  }

  List<Figure> run() throws RunnerException {
    TimeValue time = TimeValue.milliseconds(plan.millis());
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^dev\\.beckon\\..*Benchmark\\.")
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .warmupIterations(plan.warmUps())
            .warmupTime(time)
            .measurementIterations(plan.rounds())
            .measurementTime(time)
            .threads(1)
            .forks(plan.forks())
            .jvmArgsAppend(quiet())
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT);
    Collection<RunResult> results = new Runner(options.build()).run();
    List<Figure> figures = new ArrayList<>();
    for (RunResult result : results) {
      String name = result.getParams().getBenchmark();
      double nanos = result.getPrimaryResult().getScore();
      Map<String, Double> details = new LinkedHashMap<>();
      details.put("a second", 1e9 / nanos);
      var allocated = result.getSecondaryResults().get(ALLOCATION);
      if (allocated != null) {
        details.put("bytes", allocated.getScore());
      }
      figures.add(
          Figure.plain(Arrangement.STEPS, name.substring("dev.beckon.".length()), nanos / 1e3, "µs")
              .with(details));
    }
    return figures;
  }
}
