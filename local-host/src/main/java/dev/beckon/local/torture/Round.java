package dev.beckon.local.torture;

import dev.beckon.local.servers.VendorFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One round on fresh servers: files are dropped, everything goes wrong, then it calms down. */
final class Round {
  /** Share of the rows that goes to a server nobody vouches for. */
  private static final int UNTRUSTED_PART = 50;

  private static final String[] FEEDS = {
    TortureAccount.HOLD,
    TortureAccount.RESEND,
    TortureAccount.MAIL,
    TortureAccount.BULK,
    TortureAccount.CHAIN,
    TortureAccount.HOLD,
    TortureAccount.RESEND,
    TortureAccount.BULK,
    TortureAccount.CHAIN
  };

  private final Setting setting;
  private final Consumer<String> progress;

  /**
   * @param seed of everything drawn in the round
   * @param longOutage how long the first outage of the store lasts; null when like the others
   * @param patience how long the calm after the faults may take
   * @param jvm options of the workers' virtual machines
   */
  record Setting(
      long seed,
      int kills,
      int rows,
      int workers,
      @Nullable Duration longOutage,
      Duration patience,
      List<String> jvm,
      Path folder) {}

  /** What a round came to. */
  record Result(
      Books.Result books,
      Map<Fault, Long> faults,
      long killsAtWork,
      Map<VendorFault, Long> vendorFaults,
      long refusedHandshakes,
      int workersStarted,
      Duration jumped,
      Duration chaos,
      Duration calm) {}

  Round(Setting setting, Consumer<String> progress) {
    this.setting = setting;
    this.progress = progress;
  }

  Result run() throws IOException, InterruptedException {
    Instant begun = Instant.now();
    Deque<TortureFile> files = new ArrayDeque<>(files());
    Map<String, TortureFile> dropped = new HashMap<>();
    files.forEach(file -> dropped.put(file.key(), file));
    try (Arena arena = Arena.start(setting.folder(), setting.seed(), setting.jvm())) {
      Chaos chaos = new Chaos(arena, setting.workers(), setting.longOutage());
      Plan plan = Plan.of(setting.seed(), setting.kills(), files.size());
      arena.vendor().turns(Chaos.BAD_DAY);
      Instant spoken = begun;
      for (int i = 0; i < plan.steps().size(); i++) {
        Plan.Step step = plan.steps().get(i);
        TortureFile file = step.fault() == null ? files.poll() : null;
        if (file != null) {
          arena.drop(file);
        }
        chaos.take(step);
        if (Duration.between(spoken, Instant.now()).toSeconds() >= 10) {
          spoken = Instant.now();
          progress.accept(
              "step %d/%d  workers killed %d  %s"
                  .formatted(
                      i + 1,
                      plan.steps().size(),
                      chaos.done().getOrDefault(Fault.WORKER_KILLED, 0L),
                      words(Standing.of(arena.stores()))));
        }
      }
      Instant calmed = Instant.now();
      Standing end = arena.calm(setting.workers(), setting.patience());
      progress.accept("calm after faults: " + words(end));
      arena.crew().close();
      return new Result(
          new Books(arena).compare(dropped),
          chaos.done(),
          chaos.killsAtWork(),
          arena.vendor().met(),
          arena.untrusted().callers(),
          arena.crew().started(),
          arena.clock().total(),
          Duration.between(begun, calmed),
          Duration.between(calmed, Instant.now()));
    }
  }

  private static String words(Standing standing) {
    return "stored %,d  to go %,d  open parcels %d"
        .formatted(standing.stored(), standing.open(), standing.parcels());
  }

  private List<TortureFile> files() {
    int untrusted = Math.max(1, setting.rows() / UNTRUSTED_PART);
    int each = Math.max(1, (setting.rows() - untrusted) / FEEDS.length);
    List<TortureFile> files = new ArrayList<>();
    Map<String, Integer> numbers = new HashMap<>();
    for (String feed : FEEDS) {
      int number = numbers.merge(feed, 1, Integer::sum) - 1;
      files.add(TortureFile.of(feed, number, each, setting.seed()));
    }
    int rest = setting.rows() - each * FEEDS.length;
    files.add(1, TortureFile.of(TortureAccount.UNTRUSTED, 0, rest, setting.seed()));
    return files;
  }
}
