package dev.beckon.azure;

import com.microsoft.azure.functions.ExecutionContext;
import dev.beckon.app.Application;
import dev.beckon.app.Delivery;
import dev.beckon.app.EntryPoint;
import dev.beckon.app.Invocation;
import dev.beckon.azure.platform.AzurePlatform;
import dev.beckon.azure.sns.S3Settings;
import dev.beckon.azure.sns.SnsDoor;
import dev.beckon.azure.telemetry.AzureInvocation;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.parcel.Deadline;
import dev.beckon.vendors.Vendors;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The core as one worker process runs it, for all of its functions. Thread-safe. */
final class AzureApplication {
  private static final Logger log = LoggerFactory.getLogger(AzureApplication.class);

  /** What a message or a beat of the timer may take. */
  static final Duration SHORT = Duration.ofMinutes(2);

  /** What the scan of a file may take; what it does not end, the next one takes up. */
  static final Duration FILE = Duration.ofMinutes(15);

  private final Application core;
  private final Clock clock;
  private final FileMessages files;
  private final Optional<SnsDoor> snsDoor;

  /**
   * @param clock the platform's, by which deadlines are told
   * @param files reads the messages of the files queue
   */
  AzureApplication(Application core, Clock clock, FileMessages files) {
    this(core, clock, files, Optional.empty());
  }

  /**
   * @param snsDoor empty where files lie in Azure Storage
   */
  AzureApplication(Application core, Clock clock, FileMessages files, Optional<SnsDoor> snsDoor) {
    this.core = core;
    this.clock = clock;
    this.files = files;
    this.snsDoor = snsDoor;
  }

  static AzureApplication start(RuntimeConfig config) {
    log.info("environment=started configuration={}", config);
    AzurePlatform platform = new AzurePlatform(config);
    try {
      return new AzureApplication(
          Application.start(config, platform, Vendors.catalog()),
          platform.clock(),
          new FileMessages(URI.create(config.text(ConfigKey.BUCKET))),
          S3Settings.of(config)
              .map(settings ->
                  SnsDoor.of(settings, platform.queue(EntryPoint.FILE_DROP), platform.clock())));
    } catch (RuntimeException e) {
      // it is tried again with the next event: what this try opened must not pile up
      platform.close();
      throw e;
    }
  }

  Application core() {
    return core;
  }

  /** Reads the messages of the files queue. */
  FileMessages files() {
    return files;
  }

  /** Takes what SNS tells; empty where files lie in Azure Storage. */
  Optional<SnsDoor> snsDoor() {
    return snsDoor;
  }

  /**
   * Runs an invocation as {@link Invocation} says.
   *
   * @param name of the entry point, as traces show it
   */
  <T extends @Nullable Object> T run(
      String name, ExecutionContext context, Invocation.Work<T> work) {
    try (AzureInvocation begun = AzureInvocation.begin(context)) {
      return new Invocation(name, begun.parent(), begun.about()).run(() -> core, work);
    }
  }

  /**
   * Runs an invocation on one queue message.
   *
   * @param wire the message's body as it travelled
   * @param work returns ids of deliveries that it wants again
   * @throws MessageWantedAgain so that the host delivers the message again
   */
  void message(
      String name, ExecutionContext context, String wire, Function<Delivery, Set<String>> work) {
    Delivery delivery = new Delivery(context.getInvocationId(), MessageBody.text(wire));
    if (!run(name, context, () -> work.apply(delivery)).isEmpty()) {
      throw new MessageWantedAgain();
    }
  }

  /** Judges a message that ten receives did not settle; returns its id if it is to be kept. */
  Set<String> judge(Delivery delivery) {
    List<String> created = files.keysIn(delivery.body());
    if (created.isEmpty()) {
      return core.deadLetters(List.of(delivery), deadline(SHORT));
    }
    // a file's event is the only trace of it: it is kept until it is noted
    core.deadFiles(created);
    return Set.of();
  }

  /**
   * When this invocation must have ended: the host tells no remaining time, so it is what the entry
   * point may take, under the host's own {@code functionTimeout}.
   */
  Deadline deadline(Duration most) {
    return Deadline.in(most, clock);
  }
}
