package dev.beckon.bench.whole;

import dev.beckon.account.Account;
import dev.beckon.app.EntryPoint;
import dev.beckon.bench.worker.BenchAccount;
import dev.beckon.bench.worker.MadeUp;
import dev.beckon.intake.IntakeRequest;
import dev.beckon.local.cloud.AwsSide;
import dev.beckon.local.lambda.FunctionErrorException;
import dev.beckon.local.lambda.FunctionProcess;
import dev.beckon.local.lambda.FunctionProcess.Launch;
import dev.beckon.local.lambda.LocalLambda;
import dev.beckon.parcel.Hint;
import dev.beckon.parcel.Lane;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Cold starts of functions: the time from starting a process to its first question for an event,
 * and the time of the first invocation, in several ways of starting the same jar.
 */
public final class ColdStarts {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int MEGABYTES = 512;
  private static final int TRAINING = 3;

  private static final String REQUEST =
      """
      {"version":"2.0","routeKey":"$default","rawPath":"/u/AAAAAAAAAAAAAAAAAAAAAA","rawQueryString":"","headers":{},
       "requestContext":{"http":{"method":"GET","path":"/u/AAAAAAAAAAAAAAAAAAAAAA","protocol":"HTTP/1.1",
       "sourceIp":"127.0.0.1","userAgent":""},"requestId":"r","routeKey":"$default","stage":"$default",
       "timeEpoch":1},"isBase64Encoded":false}
      """;

  private final Path folder;
  private final Path jar;
  private final int rounds;
  private final Set<Way> ways;

  /** How a process is started. */
  public enum Way {
    /** As the managed runtime does it: from a folder the jar was unpacked to. */
    UNPACKED("as Lambda unpacks it"),
    /** From the jar, on Java's own class path: what the archives below need. */
    JAR("from the jar"),
    /** With an archive of loaded classes. */
    APP_CDS("AppCDS"),
    /** With an archive of loaded and linked classes (Java 25). */
    AOT_CACHE("AOT cache"),
    /** SnapStart's hooks, without a snapshot: what they do after a restore. */
    RESTORED("after SnapStart's checkpoint");

    private final String title;

    Way(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  /**
   * Medians, in milliseconds.
   *
   * @param first of the first invocation
   * @param second of the one after
   * @param archive bytes of the archive; 0 where there is none
   */
  public record Seen(
      EntryPoint entryPoint, Way way, double init, double first, double second, long archive) {}

  private record Start(double init, double first, double second) {}

  /**
   * @param jar what is deployed
   * @param rounds starts of each function in each way
   */
  public ColdStarts(Path folder, Path jar, int rounds, Set<Way> ways) {
    this.folder = folder;
    this.jar = jar;
    this.rounds = rounds;
    this.ways = Set.copyOf(ways);
  }

  /** Starts every function in every way, the ways in turns. */
  public List<Seen> run(List<EntryPoint> entryPoints)
      throws IOException, InterruptedException, FunctionErrorException, TimeoutException {
    List<Seen> all = new ArrayList<>();
    try (LocalRun<AwsSide> run = LocalRun.onAws(folder, 1)) {
      run.configure(run.account(1));
      LocalLambda lambda =
          LocalLambda.deploy(
              jar, folder.resolve("deployed"), MEGABYTES, run.cloud().workerEnvironment());
      for (EntryPoint entryPoint : entryPoints) {
        all.addAll(measure(entryPoint, lambda.launch("cold", entryPoint), events(run, entryPoint)));
      }
    }
    return all;
  }

  private List<Seen> measure(EntryPoint entryPoint, Launch launch, Supplier<String> events)
      throws IOException, InterruptedException, FunctionErrorException, TimeoutException {
    Archives archives =
        new Archives(Files.createDirectories(folder.resolve("archives")), entryPoint);
    Map<Way, Launch> launches = new EnumMap<>(Way.class);
    for (Way way : ways) {
      launches.put(way, prepared(way, launch, archives, events));
    }
    Map<Way, List<Start>> starts = new EnumMap<>(Way.class);
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<Way, Launch> one : launches.entrySet()) {
        starts
            .computeIfAbsent(one.getKey(), any -> new ArrayList<>())
            .add(start(one.getValue(), events));
      }
    }
    List<Seen> seen = new ArrayList<>();
    for (Map.Entry<Way, List<Start>> one : starts.entrySet()) {
      Path archive = archives.of(one.getKey());
      seen.add(
          new Seen(
              entryPoint,
              one.getKey(),
              median(one.getValue().stream().map(Start::init).toList()),
              median(one.getValue().stream().map(Start::first).toList()),
              median(one.getValue().stream().map(Start::second).toList()),
              Files.exists(archive) ? Files.size(archive) : 0));
    }
    return seen;
  }

  /** What a way needs is made at its first use. */
  private Launch prepared(Way way, Launch launch, Archives archives, Supplier<String> events)
      throws IOException, InterruptedException, FunctionErrorException, TimeoutException {
    Launch jarAlone = launch.at(Files.createDirectories(folder.resolve("empty")));
    Path archive = archives.of(way);
    return switch (way) {
      case UNPACKED -> launch.at(unpacked());
      case RESTORED -> launch.at(unpacked()).withSnapStart();
      case JAR -> jarAlone.with(List.of(), List.of(jar));
      case APP_CDS -> {
        train(jarAlone.with(List.of("-XX:ArchiveClassesAtExit=" + archive), List.of(jar)), events);
        yield jarAlone.with(List.of("-XX:SharedArchiveFile=" + archive), List.of(jar));
      }
      case AOT_CACHE -> {
        train(jarAlone.with(List.of("-XX:AOTCacheOutput=" + archive), List.of(jar)), events);
        yield jarAlone.with(List.of("-XX:AOTCache=" + archive), List.of(jar));
      }
    };
  }

  /** Where archives of a function's classes lie. */
  private record Archives(Path folder, EntryPoint entryPoint) {
    Path of(Way way) {
      return folder.resolve(entryPoint + "." + way);
    }
  }

  private static Start start(Launch launch, Supplier<String> events)
      throws IOException, InterruptedException, FunctionErrorException, TimeoutException {
    long begun = System.nanoTime();
    try (FunctionProcess process = FunctionProcess.start(launch)) {
      if (launch.snapStart()) {
        process.awaitCheckpoint(PATIENCE);
        begun = System.nanoTime();
        process.restore();
      }
      process.awaitReady(PATIENCE);
      double init = millisSince(begun);
      double first = invoke(process, events.get());
      double second = invoke(process, events.get());
      return new Start(init, first, second);
    }
  }

  private static double invoke(FunctionProcess process, String event)
      throws InterruptedException, FunctionErrorException, TimeoutException {
    long begun = System.nanoTime();
    process.invoke(event, PATIENCE);
    return millisSince(begun);
  }

  /** Runs a process whose classes are kept when it ends. */
  private static void train(Launch launch, Supplier<String> events)
      throws IOException, InterruptedException, FunctionErrorException, TimeoutException {
    try (FunctionProcess process = FunctionProcess.start(launch)) {
      process.awaitReady(PATIENCE);
      for (int i = 0; i < TRAINING; i++) {
        invoke(process, events.get());
      }
      if (!process.end(PATIENCE)) {
        throw new IllegalStateException("no archive after " + PATIENCE);
      }
    }
  }

  /** Makes events, each with something to do. */
  private static Supplier<String> events(LocalRun<?> run, EntryPoint entryPoint) {
    return switch (entryPoint) {
      case HTTP -> () -> REQUEST;
      case DISPATCH_PRIORITY -> new Parcels(run);
      default -> throw new IllegalArgumentException("no event for " + entryPoint);
    };
  }

  /** A parcel of one mail for each event. */
  private static final class Parcels implements Supplier<String> {
    private final LocalRun<?> run;
    private int made;

    Parcels(LocalRun<?> run) {
      this.run = run;
    }

    @Override
    public String get() {
      String batch = "cold-" + made++;
      Account account = run.stores().accounts().find(BenchAccount.ID).orElseThrow();
      run.cloud()
          .application()
          .intake()
          .accept(
              new IntakeRequest(
                  account,
                  account.requireDispatch("mail-0"),
                  batch,
                  "1",
                  Lane.PRIORITY,
                  Instant.now(),
                  List.of(MadeUp.rows(made).getLast())));
      String hint = Hint.parcel(run.stores().parcels().readyOf(batch, "", 1).getFirst().id());
      return """
      {"Records":[{"messageId":"m","receiptHandle":"r","body":"%s","attributes":{},"messageAttributes":{},
       "eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-west-1:000000000000:q","awsRegion":"eu-west-1"}]}
      """
          .formatted(hint);
    }
  }

  private Path unpacked() throws IOException {
    Path target = folder.resolve("unpacked");
    if (Files.exists(target)) {
      return target;
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        Path file = target.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.resolve(".."));
          try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, file);
          }
        }
      }
    }
    return target;
  }

  private static double millisSince(long begun) {
    return (System.nanoTime() - begun) / 1e6;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}
