package dev.beckon.aws;

import com.amazonaws.services.lambda.runtime.Context;
import dev.beckon.app.Application;
import dev.beckon.aws.platform.AwsPlatform;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.parcel.Deadline;
import dev.beckon.vendors.Vendors;
import java.time.Clock;
import java.time.Duration;
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

  /** When Lambda ends this invocation. */
  Deadline deadline(Context context) {
    return Deadline.in(Duration.ofMillis(context.getRemainingTimeInMillis()), clock);
  }
}
