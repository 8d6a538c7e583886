package dev.beckon.local.demo;

import dev.beckon.app.Stores;
import dev.beckon.filedrop.Import;
import dev.beckon.filedrop.ObjectStore;
import dev.beckon.local.cloud.FarEnd;
import dev.beckon.local.cloud.LocalCloud;
import dev.beckon.local.cloud.Runner;
import dev.beckon.local.cloud.Site;
import dev.beckon.local.cloud.Workers;
import dev.beckon.local.installation.AccountFile;
import dev.beckon.local.installation.EnvironmentFile;
import dev.beckon.local.installation.Installation;
import dev.beckon.local.mailbox.Letter;
import dev.beckon.local.mailbox.MessagePage;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The main job on one machine: files are dropped, mails, bulk mails and texts go out, every row is
 * accounted for.
 */
public final class Demo {
  private final Options options;
  private final PrintWriter out;
  private final boolean terminal;

  /**
   * What is to be run.
   *
   * @param rows made-up rows; null for the samples or {@code file}
   * @param runner what runs the handlers
   * @param memory heap of the worker process or of each function, in MB
   * @param home the checkout
   * @param folder takes everything the run leaves behind
   */
  public record Options(
      @Nullable Path file,
      String feed,
      Path account,
      Path samples,
      @Nullable Long rows,
      double fail,
      double throttle,
      Duration latency,
      Runner runner,
      int memory,
      boolean check,
      boolean keep,
      Duration timeLimit,
      Path home,
      Path folder) {}

  /**
   * @param terminal whether progress may redraw its line
   */
  public Demo(Options options, PrintWriter out, boolean terminal) {
    this.options = options;
    this.out = out;
    this.terminal = terminal;
  }

  /** Runs and returns the exit code. */
  public int run() throws Exception {
    Site.Plan plan =
        new Site.Plan(
            options.runner(),
            new LocalCloud.Options(
                options.folder(), options.fail(), options.throttle(), options.latency()),
            options.memory(),
            options.home(),
            null);
    try (Site site = Site.start(plan, this::say)) {
      LocalCloud<?> cloud = site.cloud();
      cloud
          .application()
          .configure(AccountFile.read(options.account(), cloud.placeholders(), simulator()));
      new EnvironmentFile(Installation.RUNNING).write(cloud.workerEnvironment());
      Installation.RUNNING.toFile().deleteOnExit();
      Instant begun = Instant.now();
      int files = drop(cloud.bucket());
      Progress end = watch(cloud.application().stores(), site.workers(), files, begun);
      int code = report(cloud, end, Duration.between(begun, Instant.now()));
      if (options.keep()) {
        say(
            "\nStill running; links in the mails work at "
                + cloud.publicUrl()
                + "; ./beckon find, journal, redrive and the others work on this run. Press Ctrl-C to end.");
        while (true) {
          Thread.sleep(1_000);
          site.workers().revive();
        }
      }
      return code;
    }
  }

  private Map<String, String> simulator() {
    return Map.of(
        "failRate", Double.toString(options.fail()),
        "throttleRate", Double.toString(options.throttle()),
        "latency", options.latency().toString());
  }

  private int drop(ObjectStore bucket) throws IOException {
    DemoFiles files = new DemoFiles(bucket, this::say);
    Path file = options.file();
    Long rows = options.rows();
    if (file != null) {
      return files.own(file, options.feed());
    }
    return rows == null ? files.samples(options.samples()) : files.madeUp(rows);
  }

  private Progress watch(Stores stores, Workers workers, int files, Instant begun)
      throws IOException, InterruptedException {
    Duration pause = Duration.ofMillis(500);
    Instant lastLine = Instant.MIN;
    while (true) {
      Instant before = Instant.now();
      Progress progress = Progress.of(stores);
      Duration took = Duration.between(before, Instant.now());
      if (terminal) {
        out.print("\r\u001b[K" + progress.line());
        out.flush();
      } else if (Duration.between(lastLine, before).toSeconds() >= 5) {
        say(progress.line());
        lastLine = before;
      }
      if (progress.finished(files)) {
        say(terminal ? "" : progress.line());
        return progress;
      }
      if (Duration.between(begun, before).compareTo(options.timeLimit()) > 0) {
        say("");
        throw new IllegalStateException(
            "not finished after "
                + options.timeLimit()
                + "; the logs of what worked lie in "
                + options.folder());
      }
      if (workers.revive()) {
        say("the worker process ended; another one goes on");
      }
      // Counting costs the embedded store time: look less often where looking takes longer.
      Thread.sleep(took.multipliedBy(9).compareTo(pause) > 0 ? took.multipliedBy(9) : pause);
    }
  }

  private int report(LocalCloud<?> cloud, Progress end, Duration elapsed) throws IOException {
    VendorNames vendors = new VendorNames(cloud.application().stores().accounts());
    out.print(new Summary(end, vendors, elapsed).text());
    for (Path refused : saveRefused(cloud.bucket(), end)) {
      out.printf("%-15s %s%n", "refused rows", refused);
    }
    Path page = options.folder().resolve("messages.html");
    int shown = page(cloud).write(page);
    if (shown > 0) {
      out.printf("%-15s %s%n", shown + " messages", page);
    }
    out.flush();
    boolean refusedFile = end.imports().stream().anyMatch(i -> i.state() == Import.State.REFUSED);
    if (!options.check()) {
      return refusedFile ? 1 : 0;
    }
    List<String> problems = new LedgerCheck(end, vendors).problems(cloud.farEnds());
    problems.forEach(problem -> say("check: " + problem));
    if (problems.isEmpty()) {
      say("\ncheck: every sum agrees; " + received(cloud) + ", none twice");
    }
    return problems.isEmpty() && !refusedFile ? 0 : 1;
  }

  private static String received(LocalCloud<?> cloud) {
    List<String> ends = new ArrayList<>();
    for (FarEnd end : cloud.farEnds()) {
      if (end.ledger().total() > 0) {
        ends.add(
            "%s received %s %s"
                .formatted(end.server(), Summary.number(end.ledger().distinct()), end.messages()));
      }
    }
    return ends.isEmpty() ? "no server received anything" : String.join(", ", ends);
  }

  private static String bulk(LocalCloud<?> cloud) {
    List<Integer> calls = cloud.sparkPost().calls();
    return "From SparkPost's stub, which put the values in: %s mails in %s."
        .formatted(
            Summary.number(cloud.sparkPost().ledger().distinct()),
            calls.size() == 1 ? "one call" : Summary.number(calls.size()) + " calls");
  }

  private MessagePage page(LocalCloud<?> cloud) throws IOException {
    MessagePage page = new MessagePage();
    page.mails(
        "Single mails",
        "From the SMTP server.",
        Letter.in(options.folder().resolve("mails"), MessagePage.mostMails()));
    page.mails("Bulk mails", bulk(cloud), Letter.expanded(cloud.sparkPost().mails()));
    page.texts("Texts", "From MessageBird's stub.", cloud.messageBird().kept());
    return page;
  }

  private List<Path> saveRefused(ObjectStore bucket, Progress end) throws IOException {
    List<Path> saved = new ArrayList<>();
    for (Import dropped : end.imports()) {
      try (InputStream refused = bucket.read(dropped.refusedRowsKey()).orElse(null)) {
        if (refused != null) {
          Path file =
              options
                  .folder()
                  .resolve("refused-" + dropped.fileName().replaceAll("[.].*$", "") + ".csv");
          Files.copy(refused, file, StandardCopyOption.REPLACE_EXISTING);
          saved.add(file);
        }
      }
    }
    return saved;
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
