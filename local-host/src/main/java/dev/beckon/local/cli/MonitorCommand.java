package dev.beckon.local.cli;

import dev.beckon.local.simulation.ChartFile;
import dev.beckon.local.simulation.Interruption;
import dev.beckon.local.simulation.LiveText;
import dev.beckon.local.simulation.Monitor;
import dev.beckon.vendors.Vendors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./beckon monitor}. */
@Command(
    name = "monitor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows how far the messages of produce and send are, until all are final or Ctrl-C; then draws a chart.",
      "",
      "Counts every message of the installation's alert service. The mean time of a message is what the played"
          + " network took for it. \"In doubt\" are those whose sender was killed: they may have gone out."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every message is final",
      "1:the installation could not be reached, or the chart not be written",
      "2:the command line is not right",
      "130:ended by Ctrl-C; the chart is written"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./beckon monitor -t 2                      a look every two seconds",
      "  ./beckon monitor -t 500ms --chart run.png  twice a second, the chart as a picture"
    })
final class MonitorCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Option(
      names = {"-t", "--every"},
      paramLabel = "TIME",
      defaultValue = "2",
      description =
          "How often it looks: seconds, or 500ms, 2s, 1m; 1h at most (default: ${DEFAULT-VALUE}).")
  String every = "";

  @Option(
      names = "--chart",
      paramLabel = "FILE",
      description = "Where to draw, .html or .png (default: .beckon/simulation-<time>.html).")
  @Nullable Path chart;

  @Option(names = "--no-chart", description = "Draw nothing.")
  boolean noChart;

  @Mixin SimulationOptions simulation = new SimulationOptions();

  @Override
  public Integer call() throws Exception {
    Duration interval = interval();
    ChartFile file = file();
    LiveText text =
        new LiveText(
            spec.commandLine().getOut(), Boolean.getBoolean("beckon.terminal"), Duration.ZERO);
    try (Interruption interruption = new Interruption(Duration.ofMinutes(1));
        SimulationOptions.Joined joined = simulation.join(Vendors.catalog())) {
      Monitor monitor =
          new Monitor(joined.installation().application(), joined.installation().clock());
      boolean complete = monitor.watch(interval, interruption, text);
      text.say(complete ? "every message is final" : "interrupted; messages are left");
      if (!noChart) {
        file.write(monitor.course());
        text.say("chart        " + file.path());
      }
      return 0;
    }
  }

  private Duration interval() {
    try {
      Duration length = Times.length(every.matches("[0-9.]+") ? every + "s" : every);
      simulation.within("--every, in seconds,", length.toMillis() / 1e3, 0.1, 3_600);
      return length;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "--every: write seconds, or " + e.getMessage(), e);
    }
  }

  private ChartFile file() {
    if (noChart && chart != null) {
      throw new ParameterException(spec.commandLine(), "give either --chart or --no-chart");
    }
    String now =
        LocalDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    try {
      return new ChartFile(
          chart == null ? SimulationOptions.FOLDER.resolve("simulation-" + now + ".html") : chart);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--chart: " + e.getMessage(), e);
    }
  }
}
