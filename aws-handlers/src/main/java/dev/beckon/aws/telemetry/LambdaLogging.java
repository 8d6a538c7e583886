package dev.beckon.aws.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.beckon.config.LogSettings;

/**
 * Sets up logging in a Lambda environment, in code: there is no file to be found and parsed while
 * somebody waits. Anywhere else it leaves the set-up to others.
 */
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
    JsonLines lines = new JsonLines(settings.installation());
    lines.setContext(context);
    lines.start();
    ConsoleAppender<ILoggingEvent> out = new ConsoleAppender<>();
    out.setContext(context);
    out.setName("stdout");
    out.setEncoder(lines);
    out.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(out);
    // only our own: at DEBUG the database driver prints commands and the HTTP client whole files
    context.getLogger("dev.beckon").setLevel(Level.toLevel(settings.level(), Level.WARN));
  }
}
