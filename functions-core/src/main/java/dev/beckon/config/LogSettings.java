package dev.beckon.config;

import java.util.Map;
import java.util.Objects;

/**
 * What logging needs to know before the configuration is read and checked: the first line may be
 * about that very check.
 *
 * @param level of Beckon's own loggers
 * @param installation its name, for every line
 */
public record LogSettings(String level, String installation) {

  /** Reads the process's environment. */
  public static LogSettings fromEnvironment() {
    return of(System.getenv());
  }

  static LogSettings of(Map<String, String> environment) {
    return new LogSettings(
        value(environment, ConfigKey.LOG_LEVEL), value(environment, ConfigKey.INSTALLATION));
  }

  private static String value(Map<String, String> environment, ConfigKey key) {
    String set = environment.get(key.variable());
    return set == null || set.isBlank() ? Objects.requireNonNull(key.fallback()) : set.strip();
  }
}
