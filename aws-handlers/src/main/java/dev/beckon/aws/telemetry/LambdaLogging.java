package dev.beckon.aws.telemetry;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.beckon.config.LogSettings;
import dev.beckon.logs.LogSetup;

/** Sets up logging in a Lambda environment. Anywhere else it leaves the set-up to others. */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LambdaLogging extends ContextAwareBase implements Configurator {
  /** Lambda's own variable. */
  private static final String FUNCTION = "AWS_LAMBDA_FUNCTION_NAME";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getenv(FUNCTION) == null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    apply(context, LogSettings.fromEnvironment());
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  static void apply(LoggerContext context, LogSettings settings) {
    LogSetup setup = new LogSetup(context, settings);
    setup.to(setup.standardOutput());
  }
}
