package dev.beckon.local.cli;

import dev.beckon.local.simulation.Interruption;
import dev.beckon.local.simulation.LiveText;
import dev.beckon.local.simulation.Sender;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./beckon send}. */
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends what produce made, through a network that is only played; ends when nothing is left.",
      "",
      "Any number may run at once, each with waits and failures of its own. A failed message is refused for good by"
          + " the network: its state becomes FAILED, and no sender tries it again. What a killed sender had in its"
          + " hands (two messages for each it sends at a time) is given up after 69 s, or 65 s and 20 waits where a"
          + " wait is longer than 200 ms, and held as IN_DOUBT: it may have gone out. Everything else goes to the"
          + " other senders."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing is left to be sent",
      "1:the installation could not be reached, or is not the simulation's own",
      "2:the command line is not right",
      "3:too many messages failed (--stop-at-failure-rate)",
      "130:ended by Ctrl-C; what was in hand is settled"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./beckon send                              one message at a time, 50 ms each, 5 %% of them fail",
      "  ./beckon send -w 200ms -f 0.2 & ./beckon send -w 20ms -f 0 &     two senders, one of them bad",
      "  ./beckon send --concurrency 64             64 messages at a time"
    })
final class SendCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Option(
      names = {"-w", "--wait"},
      paramLabel = "TIME",
      defaultValue = "50ms",
      converter = Times.LengthConverter.class,
      description =
          "Mean time the network takes for a message, such as 50ms or 2s, 1m at most; the times are log-normal"
              + " (default: ${DEFAULT-VALUE}).")
  Duration mean = Duration.ZERO;

  @Option(
      names = {"-f", "--failure-rate"},
      paramLabel = "SHARE",
      defaultValue = "0.05",
      description = "Share of messages that fail, 0 to 1 (default: ${DEFAULT-VALUE}).")
  double failureRate;

  @Option(
      names = {"-c", "--concurrency"},
      paramLabel = "N",
      defaultValue = "1",
      description = "Messages at a time, 1 to 1,000 (default: ${DEFAULT-VALUE}).")
  int concurrency;

  @Option(
      names = "--stop-at-failure-rate",
      paramLabel = "SHARE",
      description =
          "End when this share of its own messages failed, above 0 to 1, looked at from the 20th message on.")
  @Nullable Double stopAt;

  @Option(
      names = "--linger",
      paramLabel = "TIME",
      defaultValue = "3s",
      converter = Times.LengthConverter.class,
      description = "How long it stays when nothing is left (default: ${DEFAULT-VALUE}).")
  Duration linger = Duration.ZERO;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What waits and failures are drawn from (default: a new one).")
  @Nullable Integer seed;

  @Mixin SimulationOptions simulation = new SimulationOptions();

  @Override
  public Integer call() throws Exception {
    simulation.within("--wait, in seconds,", mean.toMillis() / 1e3, 0, 60);
    simulation.within("--failure-rate", failureRate, 0, 1);
    simulation.within("--concurrency", concurrency, 1, 1_000);
    simulation.within("--linger, in seconds,", linger.toMillis() / 1e3, 0, 86_400);
    if (stopAt != null) {
      simulation.within("--stop-at-failure-rate", stopAt, Double.MIN_VALUE, 1);
    }
    Sender sender =
        new Sender(
            new Sender.Options(
                mean,
                failureRate,
                concurrency,
                stopAt == null ? OptionalDouble.empty() : OptionalDouble.of(stopAt),
                linger,
                seed == null ? ThreadLocalRandom.current().nextInt() : seed));
    LiveText text =
        new LiveText(
            spec.commandLine().getOut(),
            Boolean.getBoolean("beckon.terminal"),
            Duration.ofSeconds(5));
    try (Interruption interruption = new Interruption(Duration.ofMinutes(30));
        SimulationOptions.Joined joined = simulation.join(sender.vendors())) {
      long begun = System.nanoTime();
      Sender.End end = sender.run(joined.installation(), interruption, text);
      text.say(sender.summary(Duration.ofNanos(System.nanoTime() - begun)));
      text.say(
          "ended        "
              + switch (end) {
                case EMPTY -> "nothing is left to be sent";
                case FAILURE_RATE -> "the failure rate reached " + stopAt;
                case INTERRUPTED -> "interrupted; the rest waits for other senders";
              });
      return end == Sender.End.FAILURE_RATE ? 3 : 0;
    }
  }
}
