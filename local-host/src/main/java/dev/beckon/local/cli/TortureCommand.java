package dev.beckon.local.cli;

import dev.beckon.local.torture.Torture;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./beckon torture}. */
@Command(
    name = "torture",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Breaks everything on purpose and proves that nobody is lost or asked twice.",
      "",
      "Workers are killed and frozen, the store's connections cut, queues emptied, hints repeated, clocks"
          + " shifted; vendors hang, throttle, answer garbage and reset. Then what the vendors took is compared"
          + " with what the store says, invitation by invitation. Nothing leaves this machine.",
      "",
      "The seed decides on the plan of faults; what they hit is up to the operating system's scheduling."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./beckon torture                                      the whole campaign, about a quarter of an hour",
      "  ./beckon torture --kills 20 --rounds 1 --rows 4000    a short one",
      "  ./beckon torture --seed 42                            the plan of an earlier run again"
    })
final class TortureCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "200",
      description = "How often a worker is killed, over all rounds (default: ${DEFAULT-VALUE}).")
  int kills;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides on the plan of faults (default: a new one, printed).")
  @Nullable Long seed;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Rows dropped in each round (default: ${DEFAULT-VALUE}).")
  int rows;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Rounds, each on fresh servers (default: ${DEFAULT-VALUE}).")
  int rounds;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "3",
      description = "Worker processes at a time (default: ${DEFAULT-VALUE}).")
  int workers;

  @Option(
      names = "--long-outage",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "The store is away for a minute in the first round (default).")
  boolean longOutage;

  @Override
  public Integer call() throws Exception {
    within("--kills", kills, 0, 10_000);
    within("--rows", rows, 100, 1_000_000);
    within("--rounds", rounds, 1, 100);
    within("--workers", workers, 1, 16);
    String now =
        LocalDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    long drawn = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
    return new Torture(
            new Torture.Options(
                kills,
                drawn,
                rows,
                rounds,
                workers,
                longOutage,
                Path.of(".beckon", "torture-" + now)),
            spec.commandLine().getOut())
        .run();
  }

  private void within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(),
          "%s must be from %,d to %,d, not %,d".formatted(option, least, most, value));
    }
  }
}
