package dev.beckon.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import dev.beckon.config.LogSettings;

/**
 * Sets up logging in code: there is no file to be found and parsed while somebody waits.
 *
 * @param context where it is set up
 * @param settings what of them is asked for
 */
public record LogSetup(LoggerContext context, LogSettings settings) {

  /** Lines on standard output. */
  public Appender<ILoggingEvent> standardOutput() {
    JsonLines lines = new JsonLines(settings.installation());
    lines.setContext(context);
    lines.start();
    ConsoleAppender<ILoggingEvent> out = new ConsoleAppender<>();
    out.setContext(context);
    out.setName("stdout");
    out.setEncoder(lines);
    out.start();
    return out;
  }

  /** Lets every line go there. */
  public void to(Appender<ILoggingEvent> appender) {
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    // only our own: at DEBUG the database driver prints commands and the HTTP client whole files
    context.getLogger("dev.beckon").setLevel(Level.toLevel(settings.level(), Level.WARN));
  }
}
