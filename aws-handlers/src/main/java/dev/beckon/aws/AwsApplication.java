package dev.beckon.aws;

import com.amazonaws.services.lambda.runtime.Context;
import dev.beckon.app.Application;
import dev.beckon.app.Invocation;
import dev.beckon.aws.platform.AwsPlatform;
import dev.beckon.aws.snapstart.AfterRestore;
import dev.beckon.aws.snapstart.Priming;
import dev.beckon.aws.snapstart.SnapStart;
import dev.beckon.aws.telemetry.TraceHeader;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.parcel.Deadline;
import dev.beckon.s3.S3Notifications;
import dev.beckon.telemetry.Tag;
import dev.beckon.vendors.Vendors;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The core as one Lambda environment runs it: started once, when its handler is built or, where
 * that is what a snapshot is taken of, when a copy of the snapshot was restored. Thread-safe.
 */
final class AwsApplication {
  private static final Logger log = LoggerFactory.getLogger(AwsApplication.class);

  private record Running(Application core, Clock clock) {}

  private final Supplier<Running> running;
  private final S3Notifications notifications;

  private AwsApplication(Supplier<Running> running, String bucket) {
    this.running = running;
    this.notifications = new S3Notifications(bucket);
  }

  /**
   * @param clock the platform's, by which deadlines are told
   * @param bucket the one whose objects count
   */
  AwsApplication(Application core, Clock clock, String bucket) {
    this(() -> new Running(core, clock), bucket);
  }

  static AwsApplication start() {
    return start(
        RuntimeConfig.fromEnvironment(), SnapStart.isAhead() ? Core.getGlobalContext() : null);
  }

  /**
   * @param snapshot tells of the snapshot that is taken of this process; null when none is
   */
  static AwsApplication start(RuntimeConfig config, org.crac.@Nullable Context<Resource> snapshot) {
    log.info("environment=started configuration={}", config);
    String bucket = config.text(ConfigKey.BUCKET);
    if (snapshot != null) {
      // what the environment alone shows to be wrong fails here, and with it the publishing
      new AwsPlatform(config).close();
      return new AwsApplication(
          AfterRestore.register(
              snapshot, () -> Priming.run(Vendors.catalog()), () -> running(config)),
          bucket);
    }
    Running now = running(config);
    return new AwsApplication(() -> now, bucket);
  }

  private static Running running(RuntimeConfig config) {
    AwsPlatform platform = new AwsPlatform(config);
    return new Running(Application.start(config, platform, Vendors.catalog()), platform.clock());
  }

  /** Of a core that a host started itself; it is told of no objects. */
  static AwsApplication of(Application core, Clock clock) {
    return new AwsApplication(core, clock, "");
  }

  Application core() {
    return running.get().core();
  }

  /** Reads what S3 tells of our bucket. */
  S3Notifications notifications() {
    return notifications;
  }

  /**
   * Runs an invocation as {@link Invocation} says.
   *
   * @param name of the entry point, as traces show it
   */
  <T extends @Nullable Object> T run(String name, Context context, Invocation.Work<T> work) {
    TraceHeader called = TraceHeader.of(context);
    return new Invocation(name, called.text(), about(context, called)).run(this::core, work);
  }

  private static Map<Tag, String> about(Context context, TraceHeader called) {
    Map<Tag, String> about = new EnumMap<>(Tag.class);
    about.put(Tag.FUNCTION, context.getFunctionName());
    about.put(Tag.REQUEST_ID, context.getAwsRequestId());
    if (!called.traceId().isEmpty()) {
      about.put(Tag.TRACE_ID, called.traceId());
    }
    return about;
  }

  /** When Lambda ends this invocation. */
  Deadline deadline(Context context) {
    return Deadline.in(
        Duration.ofMillis(context.getRemainingTimeInMillis()), running.get().clock());
  }
}
