package dev.beckon.azure;

import com.microsoft.azure.functions.ExecutionContext;
import dev.beckon.app.Application;
import dev.beckon.app.Invocation;
import dev.beckon.azure.platform.AzurePlatform;
import dev.beckon.azure.telemetry.AzureInvocation;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.parcel.Deadline;
import dev.beckon.vendors.Vendors;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The core as one worker process runs it, for all of its functions. Thread-safe. */
final class AzureApplication {
  private static final Logger log = LoggerFactory.getLogger(AzureApplication.class);

  private final Application core;
  private final Clock clock;
  private final String bucket;

  /**
   * @param clock the platform's, by which deadlines are told
   * @param bucket the address of the container or the bucket whose objects count
   */
  AzureApplication(Application core, Clock clock, String bucket) {
    this.core = core;
    this.clock = clock;
    this.bucket = bucket;
  }

  static AzureApplication start(RuntimeConfig config) {
    log.info("environment=started configuration={}", config);
    AzurePlatform platform = new AzurePlatform(config);
    return new AzureApplication(
        Application.start(config, platform, Vendors.catalog()),
        platform.clock(),
        config.text(ConfigKey.BUCKET));
  }

  Application core() {
    return core;
  }

  /** The container or the bucket whose objects count, as the configuration names it. */
  String bucket() {
    return bucket;
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
   * @throws MessageWantedAgain so that the host delivers the message again
   */
  void message(String name, ExecutionContext context, Invocation.Work<Set<String>> work) {
    Set<String> again = run(name, context, work);
    if (!again.isEmpty()) {
      throw new MessageWantedAgain();
    }
  }

  /**
   * When this invocation must have ended: the host tells no remaining time, so it is what the entry
   * point may take, under the host's own {@code functionTimeout}.
   */
  Deadline deadline(Duration most) {
    return Deadline.in(most, clock);
  }
}
