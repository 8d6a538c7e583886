package dev.beckon.infra;

import dev.beckon.config.ConfigKey;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What every function finds in its environment: each variable that a deployment sets, and nothing
 * else under our name.
 */
final class Environment {
  private final Map<ConfigKey, String> values = new EnumMap<>(ConfigKey.class);

  Environment with(ConfigKey key, String value) {
    if (key.setter() != ConfigKey.Setter.DEPLOYMENT) {
      throw new IllegalArgumentException(key.variable() + " is never set in a cloud");
    }
    values.put(key, value);
    return this;
  }

  /** By the variables' names. */
  Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    values.forEach((key, value) -> variables.put(key.variable(), value));
    return variables;
  }

  /** The same as lines for an operator's own machine, which has neither metrics nor collector. */
  String operatorLines() {
    Map<String, String> variables = variables();
    variables.replace(ConfigKey.METRICS.variable(), "none");
    variables.replace(ConfigKey.OTLP_ENDPOINT.variable(), "");
    return variables.entrySet().stream()
        .map(variable -> variable.getKey() + "=" + variable.getValue())
        .collect(Collectors.joining("\n"));
  }
}
