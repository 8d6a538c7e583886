package dev.beckon.local.simulation;

import dev.beckon.aws.DispatchHandler;
import dev.beckon.aws.SweepHandler;
import dev.beckon.config.ConfigKey;
import dev.beckon.local.Parts;
import dev.beckon.local.installation.Installation;
import dev.beckon.local.poller.LambdaFunction;
import dev.beckon.local.poller.PollerOptions;
import dev.beckon.local.poller.QueuePoller;
import dev.beckon.local.poller.Ticker;
import dev.beckon.vendor.VendorCatalog;
import dev.beckon.vendors.simulator.SimulatorFactory;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One sender of the simulation: takes parcels from the queue as the dispatch function does, with a
 * network of its own to send through. Any number may run at once, as processes. Not thread-safe.
 */
public final class Sender {
  /** Before so many messages a failure rate says nothing. */
  public static final int FEWEST_FOR_A_RATE = 20;

  private static final Duration LOOK_EVERY = Duration.ofMillis(300);
  private static final Duration SWEEP_EVERY = Duration.ofSeconds(2);
  private static final Duration SWEEP_TIMEOUT = Duration.ofMinutes(2);

  private final Options options;
  private final SimulatedNetwork network;

  /**
   * How it sends.
   *
   * @param mean time of a message
   * @param failRate share of messages that fail for good
   * @param concurrency messages at a time
   * @param stopAt failure rate at which it gives up
   * @param linger how long it stays when nothing is left
   * @param seed what waits and failures are drawn from
   */
  public record Options(
      Duration mean,
      double failRate,
      int concurrency,
      OptionalDouble stopAt,
      Duration linger,
      int seed) {

    /** Ten times the mean: of log-normal waits one in two million is longer. */
    Duration timeout() {
      Duration longest = mean.multipliedBy(10);
      return longest.compareTo(Duration.ofSeconds(2)) < 0 ? Duration.ofSeconds(2) : longest;
    }

    /** Of one invocation, half of which is spent sending. */
    Duration functionTimeout() {
      return timeout().plusSeconds(5).multipliedBy(2);
    }

    /** How long a message of the queue is this sender's alone. */
    Duration visibility() {
      return functionTimeout().plusSeconds(10);
    }

    /** Parcels at a time: enough that the lines of a sender find work. */
    int parcels() {
      return Math.clamp(concurrency / 25 + 1, 1, 10);
    }
  }

  /** Why it ended. */
  public enum End {
    /** Nothing is left. */
    EMPTY,
    /** Too much failed. */
    FAILURE_RATE,
    /** It was told to. */
    INTERRUPTED
  }

  public Sender(Options options) {
    this.options = options;
    this.network =
        new SimulatedNetwork(
            new SimulatorFactory.Role(
                options.mean(),
                options.failRate(),
                options.concurrency(),
                options.timeout(),
                options.seed()));
  }

  /** The vendors an installation is to be opened with for this sender. */
  public VendorCatalog vendors() {
    return network.catalog();
  }

  /** Sends until nothing is left, too much fails or somebody interrupts it. */
  public End run(Installation installation, Interruption interruption, LiveText text)
      throws InterruptedException {
    Alerts alerts = new Alerts(installation.application());
    alerts.requireOwnInstallation();
    End end;
    try (Parts parts = new Parts()) {
      start(installation, parts);
      end = watch(alerts, installation.clock(), interruption, text);
      text.erase();
      if (end != End.EMPTY) {
        text.say(
            "Ending what is in hand (%d s at most) …"
                .formatted(options.functionTimeout().dividedBy(2).toSeconds()));
      }
    }
    return end;
  }

  private void start(Installation installation, Parts parts) {
    Duration timeout = options.functionTimeout();
    Clock clock = installation.clock();
    String url = installation.config().text(ConfigKey.BULK_QUEUE);
    parts.keep(
        Ticker.start(
            new LambdaFunction(
                "sweep", () -> new SweepHandler(installation.application(), clock), SWEEP_TIMEOUT),
            SWEEP_EVERY,
            clock));
    parts.keep(
        QueuePoller.start(
            new LambdaFunction(
                "send", () -> new DispatchHandler(installation.application(), clock), timeout),
            installation.sqs(),
            PollerOptions.of(url, arn(url))
                .withBatch(options.parcels(), Duration.ZERO)
                .withVisibility(options.visibility())));
  }

  /** As an event names its queue; asked of nobody, since nothing here depends on it. */
  private static String arn(String url) {
    String[] path = URI.create(url).getPath().split("/", -1);
    return "arn:aws:sqs:local:" + path[path.length - 2] + ":" + path[path.length - 1];
  }

  private End watch(Alerts alerts, Clock clock, Interruption interruption, LiveText text)
      throws InterruptedException {
    long idleSince = System.nanoTime();
    while (true) {
      if (interruption.within(LOOK_EVERY)) {
        return End.INTERRUPTED;
      }
      SimulatedNetwork.Done done = network.done();
      text.show(line(done), line(done));
      if (options.stopAt().isPresent()
          && done.sent() + done.failed() >= FEWEST_FOR_A_RATE
          && done.failureRate() >= options.stopAt().getAsDouble()) {
        return End.FAILURE_RATE;
      }
      if (alerts.isWorkLeft(clock.instant())) {
        idleSince = System.nanoTime();
      } else if (System.nanoTime() - idleSince >= options.linger().toNanos()) {
        return End.EMPTY;
      }
    }
  }

  private static String line(SimulatedNetwork.Done done) {
    return String.format(
        Locale.ROOT,
        "sent %,d  failed %,d  mean %.1f ms a message",
        done.sent(),
        done.failed(),
        done.meanMillis());
  }

  /**
   * What it did, in lines.
   *
   * @param took from its first look at the queue on
   */
  public String summary(Duration took) {
    SimulatedNetwork.Done done = network.done();
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%-12s %,d%n", "sent", done.sent()));
    text.append(
        String.format(
            Locale.ROOT,
            "%-12s %,d (%.1f %%)%n",
            "failed",
            done.failed(),
            100 * done.failureRate()));
    if (done.other() > 0) {
      text.append(
          String.format(Locale.ROOT, "%-12s %,d without an answer%n", "in doubt", done.other()));
    }
    text.append(
        String.format(Locale.ROOT, "%-12s %.1f ms a message%n", "mean time", done.meanMillis()));
    text.append(String.format(Locale.ROOT, "%-12s %.1f s", "took", took.toMillis() / 1e3));
    return text.toString();
  }
}
