package dev.beckon.azure.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.beckon.logs.JsonLines;
import dev.beckon.telemetry.Tag;
import java.util.logging.Logger;

/**
 * Writes lines to the logger of the invocation they belong to, by whichever thread they are said,
 * and what belongs to none to standard output.
 */
final class InvocationAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private final InvocationLogs invocations;
  private final JsonLines lines;
  private final Appender<ILoggingEvent> others;

  /**
   * @param others takes what belongs to no invocation; stopped with this
   */
  InvocationAppender(
      InvocationLogs invocations, String installation, Appender<ILoggingEvent> others) {
    this.invocations = invocations;
    this.lines = JsonLines.untimed(installation);
    this.others = others;
  }

  @Override
  protected void append(ILoggingEvent event) {
    String invocation = event.getMDCPropertyMap().getOrDefault(Tag.REQUEST_ID.label(), "");
    Logger logger = invocations.of(invocation).orElse(null);
    if (logger == null) {
      others.doAppend(event);
    } else {
      logger.log(level(event.getLevel()), lines.line(event));
    }
  }

  /** Those that the platform's worker reads as error, warning, information, debug and trace. */
  private static java.util.logging.Level level(Level level) {
    return switch (level.toInt()) {
      case Level.ERROR_INT -> java.util.logging.Level.SEVERE;
      case Level.WARN_INT -> java.util.logging.Level.WARNING;
      case Level.INFO_INT -> java.util.logging.Level.INFO;
      case Level.DEBUG_INT -> java.util.logging.Level.CONFIG;
      default -> java.util.logging.Level.FINE;
    };
  }

  @Override
  public void stop() {
    others.stop();
    super.stop();
  }
}
