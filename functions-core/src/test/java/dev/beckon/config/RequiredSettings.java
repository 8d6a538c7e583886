package dev.beckon.config;

import java.util.HashMap;
import java.util.Map;

/** An environment that holds what has no default, and nothing else. */
public final class RequiredSettings {
  private RequiredSettings() {}

  /** A new one, to be added to; every value is an address where nobody listens. */
  public static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    for (ConfigKey key : ConfigKey.values()) {
      if (key.fallback() == null) {
        environment.put(key.variable(), "http://127.0.0.1:1/" + key.name());
      }
    }
    return environment;
  }
}
