package dev.beckon.aws;

import com.amazonaws.services.lambda.runtime.Context;
import dev.beckon.app.Application;
import dev.beckon.aws.platform.AwsPlatform;
import dev.beckon.aws.telemetry.TraceHeader;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.parcel.Deadline;
import dev.beckon.telemetry.Tag;
import dev.beckon.telemetry.Telemetry;
import dev.beckon.vendors.Vendors;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The core as one Lambda environment runs it: started once, when its handler is built.
 *
 * @param clock the platform's, by which deadlines are told
 * @param bucket the one whose objects count
 */
record AwsApplication(Application core, Clock clock, String bucket) {
  private static final Logger log = LoggerFactory.getLogger(AwsApplication.class);

  static AwsApplication start() {
    RuntimeConfig config = RuntimeConfig.fromEnvironment();
    log.info("environment=started configuration={}", config);
    AwsPlatform platform = new AwsPlatform(config);
    return new AwsApplication(
        Application.start(config, platform, Vendors.catalog()),
        platform.clock(),
        config.text(ConfigKey.BUCKET));
  }

  /** Of a core that a host started itself; it is told of no objects. */
  static AwsApplication of(Application core, Clock clock) {
    return new AwsApplication(core, clock, "");
  }

  /** What a handler does with an event. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /**
   * Runs an invocation: its log lines and spans say whose they are, and what it counted goes out at
   * its end, however it ends.
   *
   * @param name of the entry point, as traces show it
   * @throws InvocationFailure in place of anything thrown: Lambda logs what leaves a handler, and
   *     words of libraries may quote data
   */
  <T extends @Nullable Object> T run(String name, Context context, Work<T> work) {
    TraceHeader called = TraceHeader.of(context);
    try (Telemetry.Work invocation =
        core.telemetry().invocation(name, called.text(), about(context, called))) {
      try {
        return work.run();
      } catch (UnknownEventException e) {
        invocation.failed(e);
        throw e;
      } catch (IOException | RuntimeException e) {
        invocation.failed(e);
        throw new InvocationFailure(e);
      }
    }
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
    return Deadline.in(Duration.ofMillis(context.getRemainingTimeInMillis()), clock);
  }
}
