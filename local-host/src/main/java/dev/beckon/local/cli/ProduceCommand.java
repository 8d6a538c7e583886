package dev.beckon.local.cli;

import dev.beckon.local.simulation.Alerts;
import dev.beckon.local.simulation.LiveText;
import dev.beckon.local.simulation.Producer;
import dev.beckon.vendors.Vendors;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./beckon produce}. */
@Command(
    name = "produce",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes text messages to random numbers and puts them into store and queue.",
      "",
      "First part of the simulation of an alert service: send and monitor are the others. The numbers are valid"
          + " and nobody's (555-0100 to 555-0199 of North American areas). The account "
          + Alerts.NAME
          + " is configured where it is not there yet."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every message is in store and queue",
      "1:some were not accepted, or the installation could not be reached",
      "2:the command line is not right"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./beckon produce                       1,000 messages of up to 100 characters",
      "  ./beckon produce -m 100000 -l 160      more and longer ones",
      "  ./beckon produce --seed 7              the same numbers and texts every time"
    })
final class ProduceCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Option(
      names = {"-m", "--messages"},
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many, 1 to 10,000,000 (default: ${DEFAULT-VALUE}).")
  int messages;

  @Option(
      names = {"-l", "--length"},
      paramLabel = "N",
      defaultValue = "100",
      description = "The longest text in characters, 1 to 1,000 (default: ${DEFAULT-VALUE}).")
  int length;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Decides on numbers and texts (default: a new one, printed).")
  @Nullable Long seed;

  @Mixin SimulationOptions simulation = new SimulationOptions();

  @Override
  public Integer call() throws Exception {
    simulation.within("--messages", messages, 1, 10_000_000);
    simulation.within("--length", length, 1, 1_000);
    long drawn = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
    LiveText text =
        new LiveText(
            spec.commandLine().getOut(),
            Boolean.getBoolean("beckon.terminal"),
            Duration.ofSeconds(2));
    try (SimulationOptions.Joined joined = simulation.join(Vendors.catalog())) {
      Producer producer =
          new Producer(joined.installation().application(), joined.installation().clock());
      Producer.Made made =
          producer.make(
              new Producer.Order(messages, length, drawn),
              so -> {
                String line =
                    String.format(Locale.ROOT, "accepted %,d of %,d", so.accepted(), messages);
                text.show(line, line);
              });
      text.erase();
      text.say(
          String.format(
              Locale.ROOT,
              "accepted %,d, refused %,d in %.1f s: %,.0f a second; seed %d",
              made.accepted(),
              made.refused(),
              made.took().toMillis() / 1e3,
              made.perSecond(),
              drawn));
      return made.refused() == 0 ? 0 : 1;
    }
  }
}
