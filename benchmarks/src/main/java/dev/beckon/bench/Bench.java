package dev.beckon.bench;

import dev.beckon.app.EntryPoint;
import dev.beckon.azurite.AzuriteUnavailableException;
import dev.beckon.local.cloud.FunctionsWorkers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./beckon bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures Beckon beside what this machine allows.",
      "",
      "Every figure stands beside a limit measured in the same run by bare writers to the same sinks. Worker"
          + " and sinks get a core each. docs/performance.md explains how to read the table. Let nothing else"
          + " run meanwhile: the first line tells the load the run began with."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every bar was reached, or none applies",
      "1:a figure falls short of its bar",
      "2:the command line is not right"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./beckon bench --quick                     every figure once, about three minutes",
      "  ./beckon bench --only bulk --only csv      two figures with all their rounds",
      "  ./beckon bench --only bulk --profile jfr   and a flight recording: jfr view hot-methods jfr/bulk-0.jfr"
    })
public final class Bench implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Option(names = "--quick", description = "Fewer and shorter rounds; figures are rougher.")
  boolean quick;

  @Option(names = "--long", description = "Adds an import of ten million rows.")
  boolean extended;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description =
          "Measures this alone, may be repeated: steps, bulk, single, single-50, mail, mail-50, csv,"
              + " heap, guide, whole, pacing, api, azure,"
              + " cold-start.")
  @Nullable List<String> only;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the figures there, too.")
  @Nullable Path json;

  @Option(
      names = "--profile",
      paramLabel = "FOLDER",
      description = "Takes a flight recording of every measured process; figures suffer a little.")
  @Nullable Path profile;

  private interface Measurement {
    List<Figure> measure() throws Exception;
  }

  /** Called by Java and, with the arguments of a person, by ./beckon bench. */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Bench())
            .setUsageHelpWidth(100)
            .setExecutionExceptionHandler((e, command, parsed) -> {
              command.getErr().println("beckon: " + (e.getMessage() == null ? e : e.getMessage()));
              return 1;
            })
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    return run(quick ? Plan.quick() : extended ? Plan.extended() : Plan.full());
  }

  int run(Plan plan) throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Machine machine = Machine.here(Crew.canPin());
    List<Figure> figures = new ArrayList<>();
    List<GuideTable.Filled> guide = new ArrayList<>();
    Path folder = Files.createTempDirectory("beckon-bench");
    try (Crew crew = new Crew(folder, profile)) {
      for (Map.Entry<String, Measurement> measurement :
          measurements(crew, plan, guide).entrySet()) {
        out.println("measuring " + measurement.getKey() + " …");
        out.flush();
        figures.addAll(measurement.getValue().measure());
      }
    } finally {
      delete(folder);
    }
    Report report = new Report(machine, figures);
    out.println();
    report.print(out);
    if (!guide.isEmpty()) {
      GuideTable.print(out, guide);
    }
    if (json != null) {
      report.write(json);
    }
    return figures.stream().anyMatch(figure -> Boolean.FALSE.equals(figure.passes())) ? 1 : 0;
  }

  private Map<String, Measurement> measurements(
      Crew crew, Plan plan, List<GuideTable.Filled> guide) {
    WirePaths paths = new WirePaths(crew, plan);
    Map<String, Measurement> all = new LinkedHashMap<>();
    all.put("steps", () -> new Steps(plan.steps()).run());
    all.put("bulk", () -> List.of(paths.bulk()));
    all.put("single", () -> List.of(paths.single()));
    all.put("single-50", () -> List.of(paths.slowSingle()));
    all.put("mail", () -> List.of(paths.mail()));
    all.put("mail-50", () -> List.of(paths.slowMail()));
    all.put("csv", () -> List.of(paths.csv()));
    all.put("heap", paths::heap);
    all.put(
        "guide",
        () -> {
          guide.addAll(new GuideTable(crew, plan).fill());
          return GuideTable.figures(guide);
        });
    Whole whole = new Whole(crew.folder(), plan);
    all.put("whole", whole::imports);
    all.put("pacing", whole::pacing);
    all.put("api", () -> new Api(crew.folder(), plan.api()).run());
    Path home = Path.of(System.getProperty("beckon.home", ".."));
    all.put("azure", () -> azure(whole, home));
    Starts starts = new Starts(crew.folder(), home, plan.starts());
    if (plan.starts() > 0) {
      all.put(
          "cold-start",
          () ->
              starts.coldStarts(
                  List.of(EntryPoint.DISPATCH_PRIORITY, EntryPoint.HTTP), Starts.ways()));
    }
    List<String> chosen = only;
    if (chosen != null) {
      Set<String> known = Set.copyOf(all.keySet());
      for (String name : chosen) {
        if (!known.contains(name)) {
          throw new ParameterException(
              spec.commandLine(),
              "--only " + name + ": known are " + String.join(", ", all.keySet()));
        }
      }
      all.keySet().retainAll(Set.copyOf(chosen));
    }
    return all;
  }

  /** Without Node.js the other figures are worth having all the same. */
  private List<Figure> azure(Whole whole, Path home) throws Exception {
    try {
      return whole.azure(FunctionsWorkers.stagedIn(home));
    } catch (AzuriteUnavailableException e) {
      spec.commandLine().getOut().println("azure is not measured: " + e.getMessage());
      return List.of();
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
