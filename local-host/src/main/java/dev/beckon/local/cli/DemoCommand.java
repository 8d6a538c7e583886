package dev.beckon.local.cli;

import dev.beckon.local.demo.Demo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./beckon demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Sends customer files as mails and texts, through the real Lambda handlers or Azure functions, on this"
          + " machine.",
      "",
      "Starts MongoDB, the cloud's queues and bucket (SQS and S3, or Azure Storage), an SMTP server and stubs of"
          + " the vendors on loopback, loads the sample account, drops the files in the bucket and shows what"
          + " becomes of every row. Nothing leaves this machine."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ./beckon demo                                 the sample customers, deliveries and callers",
      "  ./beckon demo --file mine.csv                 your own file, through the sample account",
      "  ./beckon demo --rows 100000 --check           made-up rows, every sum checked",
      "  ./beckon demo --runtime lambda --check        every function in its own process, as on Lambda",
      "  ./beckon demo --cloud azure --check           the staged function app, on Azure Storage's emulator",
      "  ./beckon demo --fail 0.05 --throttle 0.1      servers that refuse and push back"
    })
final class DemoCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // set by picocli before anything runs
  @Spec
  CommandSpec spec;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A .csv or .tsv file to drop instead of the samples.")
  @Nullable Path file;

  @Option(
      names = "--feed",
      paramLabel = "FEED",
      defaultValue = "store-visits",
      description = "The feed --file is dropped in (default: ${DEFAULT-VALUE}).")
  String feed = "";

  @Option(
      names = "--account",
      paramLabel = "FILE",
      description = "An account configuration instead of the sample's.")
  @Nullable Path account;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description =
          "Made-up rows to drop instead of the samples: two fifths mail, two fifths bulk mail, one fifth SMS.")
  @Nullable Long rows;

  @Option(
      names = "--fail",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Share of recipients the servers refuse for good, 0 to 1.")
  double fail;

  @Option(
      names = "--throttle",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Share of recipients the servers turn away at first, 0 to 1.")
  double throttle;

  @Option(
      names = "--latency",
      paramLabel = "TIME",
      defaultValue = "0ms",
      description = "How long the servers take to answer, such as 50ms or 1s.")
  String latency = "";

  @Option(
      names = "--cloud",
      paramLabel = "NAME",
      defaultValue = "aws",
      description =
          "Whose queues, bucket and functions: aws or azure; azure needs Node.js, for the emulator of Azure"
              + " Storage (default: ${DEFAULT-VALUE}).")
  String cloud = "";

  @Option(
      names = "--runtime",
      paramLabel = "NAME",
      description =
          "What runs the handlers on AWS: local, all in one worker process, or lambda, each entry point in its own"
              + " process under Lambda's runtime client, started at its first event (default: local).")
  @Nullable String runtime;

  @Option(
      names = "--memory",
      paramLabel = "MB",
      defaultValue = "512",
      description =
          "Heap of the worker process, of each function's with --runtime lambda, or of the functions host's"
              + " (default: ${DEFAULT-VALUE}).")
  int memory;

  @Option(
      names = "--check",
      description = "Exit 1 unless every sum agrees with what the servers received.")
  boolean check;

  @Option(names = "--keep", description = "Keep everything running afterwards, until Ctrl-C.")
  boolean keep;

  @Option(
      names = "--time-limit",
      paramLabel = "TIME",
      defaultValue = "20m",
      description = "Give up after this (default: ${DEFAULT-VALUE}).")
  String timeLimit = "";

  @Override
  public Integer call() throws Exception {
    share("--fail", fail);
    share("--throttle", throttle);
    if (rows != null && (rows < 1 || rows > 10_000_000)) {
      throw wrong("--rows must be from 1 to 10,000,000");
    }
    if (rows != null && file != null) {
      throw wrong("give either --file or --rows");
    }
    if (file != null && !Files.isReadable(file)) {
      throw wrong("--file: cannot read " + file);
    }
    String now =
        LocalDateTime.now(ZoneId.systemDefault())
            .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    Path home = Path.of(System.getProperty("beckon.home", "."));
    Path samples = home.resolve("samples");
    Demo demo =
        new Demo(
            new Demo.Options(
                file,
                feed,
                account == null ? samples.resolve("account.json") : account,
                samples,
                rows,
                fail,
                throttle,
                time("--latency", latency),
                Runners.named(spec.commandLine(), cloud, runtime),
                memory,
                check,
                keep,
                time("--time-limit", timeLimit),
                home,
                Path.of(".beckon", "demo-" + now)),
            spec.commandLine().getOut(),
            Boolean.getBoolean("beckon.terminal"));
    return demo.run();
  }

  private void share(String option, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw wrong(option + " must be a number from 0 to 1, such as 0.05");
    }
  }

  private Duration time(String option, String text) {
    try {
      return Times.length(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
