package dev.beckon.azure.telemetry;

import dev.beckon.telemetry.Tag;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The loggers of the invocations that run now, by their ids. Each is the platform's: by it alone
 * Application Insights learns whose a line is. Thread-safe.
 */
final class InvocationLogs {
  private final Map<String, Logger> running = new ConcurrentHashMap<>();

  /** Those of this process. */
  static InvocationLogs ofProcess() {
    return LoggerFactory.getILoggerFactory() instanceof ch.qos.logback.classic.LoggerContext context
        ? of(context)
        : new InvocationLogs();
  }

  /** Those that a logging set-up writes to. */
  static InvocationLogs of(ch.qos.logback.core.Context context) {
    String name = InvocationLogs.class.getName();
    synchronized (context.getConfigurationLock()) {
      if (context.getObject(name) instanceof InvocationLogs found) {
        return found;
      }
      InvocationLogs made = new InvocationLogs();
      context.putObject(name, made);
      return made;
    }
  }

  /** Lines of this invocation go to this logger until it is released. */
  void bind(String invocation, Logger logger) {
    running.put(invocation, logger);
  }

  void release(String invocation) {
    running.remove(invocation);
  }

  /** The logger of an invocation, while it runs. */
  Optional<Logger> of(String invocation) {
    return Optional.ofNullable(running.get(invocation));
  }

  /** The logger of the invocation that this thread works for. */
  Optional<Logger> current() {
    return Optional.ofNullable(MDC.get(Tag.REQUEST_ID.label())).flatMap(this::of);
  }
}
