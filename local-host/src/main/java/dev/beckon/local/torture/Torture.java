package dev.beckon.local.torture;

import dev.beckon.local.torture.Round.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The fault campaign: rounds on fresh servers until all kills are done. */
public final class Torture {
  private static final Duration LONG_OUTAGE = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private static final int MOST_TOLD = 5;

  private final Options options;
  private final PrintWriter out;

  /**
   * What is to be run.
   *
   * @param kills of workers, over all rounds
   * @param seed of the first round; the next one's is one more
   * @param rows of files dropped in a round
   * @param longOutage whether the store is away for a minute in the first round
   * @param folder takes logs and keys
   */
  public record Options(
      int kills, long seed, int rows, int rounds, int workers, boolean longOutage, Path folder) {}

  public Torture(Options options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  /** Runs and returns the exit code. */
  public int run() throws IOException, InterruptedException {
    Instant begun = Instant.now();
    say(
        "Seed %d: %d kills in %d rounds of %,d rows; %d workers, vendors and a store that fail. Logs: %s"
            .formatted(
                options.seed(),
                options.kills(),
                options.rounds(),
                options.rows(),
                options.workers(),
                options.folder()));
    List<String> jvm = Archive.make(options.folder());
    Report report = new Report();
    int told = 0;
    for (int round = 0; round < options.rounds(); round++) {
      Setting setting = setting(round, jvm);
      String name = "round " + (round + 1) + "/" + options.rounds();
      Round.Result result =
          new Round(
                  setting,
                  line ->
                      say(
                          name
                              + "  "
                              + Report.time(Duration.between(begun, Instant.now()))
                              + "  "
                              + line))
              .run();
      report.add(result, repeat(setting));
      say(
          "%s  ended: faults %s, calm %s, violations %d"
              .formatted(
                  name,
                  Report.time(result.chaos()),
                  Report.time(result.calm()),
                  result.books().violations().size()));
      // told at once: a campaign may be broken off
      List<String> violations = report.violations();
      violations.stream().skip(told).limit(MOST_TOLD).forEach(this::say);
      told = violations.size();
    }
    out.print(report.text(Duration.between(begun, Instant.now())));
    out.flush();
    return report.sound() ? 0 : 1;
  }

  private Setting setting(int round, List<String> jvm) {
    int each = options.kills() / options.rounds();
    int more = round < options.kills() % options.rounds() ? 1 : 0;
    return new Setting(
        options.seed() + round,
        each + more,
        options.rows(),
        options.workers(),
        round == 0 && options.longOutage() ? LONG_OUTAGE : null,
        PATIENCE,
        jvm,
        options.folder().resolve("round-" + (round + 1)));
  }

  private String repeat(Setting setting) {
    List<String> command = new ArrayList<>(List.of("./beckon torture"));
    command.add("--kills " + setting.kills());
    command.add("--seed " + setting.seed());
    command.add("--rows " + setting.rows());
    command.add("--workers " + setting.workers());
    command.add("--rounds 1");
    if (setting.longOutage() == null) {
      command.add("--no-long-outage");
    }
    return String.join(" ", command);
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
