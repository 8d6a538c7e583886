package dev.beckon.config;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The checked environment of one process. Immutable.
 *
 * <p>{@link #toString()} shows the effective values with the connection strings masked, for the one
 * line logged at start.
 */
public final class RuntimeConfig {
  /** As the header {@code Origin} has it: nothing else would ever be equal to one. */
  private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.:\\[\\]-]+");

  private final Map<ConfigKey, String> values;

  private RuntimeConfig(Map<ConfigKey, String> values) {
    this.values = new EnumMap<>(values);
  }

  /** Reads the process's environment. */
  public static RuntimeConfig fromEnvironment() {
    return of(System.getenv());
  }

  /**
   * Reads an environment.
   *
   * @throws ConfigurationException naming every missing, malformed and unknown key at once
   */
  public static RuntimeConfig of(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    Map<ConfigKey, String> values = new EnumMap<>(ConfigKey.class);
    Map<String, String> unknown = new TreeMap<>(environment);
    for (ConfigKey key : ConfigKey.values()) {
      unknown.remove(key.variable());
      String value = environment.get(key.variable());
      if (value == null) {
        value = key.fallback();
      }
      if (value == null || (value.isBlank() && key.fallback() == null)) {
        problems.add(key.variable() + " is missing: " + key.meaning());
      } else {
        values.put(key, value.strip());
      }
    }
    unknown.keySet().stream()
        .filter(name -> name.startsWith(ConfigKey.PREFIX))
        .forEach(name -> problems.add(name + " is not a key of Beckon" + near(name)));
    RuntimeConfig config = new RuntimeConfig(values);
    config.check(problems);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return config;
  }

  public String text(ConfigKey key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalStateException(key.variable() + " was not read");
    }
    return value;
  }

  /** The words of a list that is separated by commas. */
  public Set<String> words(ConfigKey key) {
    Set<String> words = new LinkedHashSet<>();
    for (String word : text(key).split(",", -1)) {
      if (!word.isBlank()) {
        words.add(word.strip());
      }
    }
    return words;
  }

  public Duration duration(ConfigKey key) {
    return Duration.parse(text(key));
  }

  /**
   * The references of keys that may rotate, by the keys' ids, the current one first.
   *
   * @param alone the id of a key that is named without one
   */
  public SequencedMap<String, URI> keys(ConfigKey key, String alone) {
    return KeyList.read(text(key), alone);
  }

  /** The address under a key, or empty where it was left empty. */
  public Optional<URI> endpoint(ConfigKey key) {
    String value = text(key);
    return value.isEmpty() ? Optional.empty() : Optional.of(URI.create(value));
  }

  private void check(List<String> problems) {
    for (ConfigKey key : List.of(ConfigKey.CLOCK_SHIFT, ConfigKey.ACCOUNT_CACHE)) {
      String value = values.get(key);
      try {
        if (value != null) {
          Duration.parse(value);
        }
      } catch (DateTimeParseException e) {
        problems.add(key.variable() + "='" + value + "' is not a duration; write it as PT30S");
      }
    }
    for (ConfigKey key : List.of(ConfigKey.MASTER_KEY, ConfigKey.HASH_KEY)) {
      String value = values.get(key);
      if (value != null) {
        KeyList.problem(value, key == ConfigKey.MASTER_KEY)
            .ifPresent(problem -> problems.add(key.variable() + problem));
      }
    }
    for (ConfigKey key :
        List.of(
            ConfigKey.PUBLIC_URL,
            ConfigKey.OIDC_ISSUER,
            ConfigKey.OTLP_ENDPOINT,
            ConfigKey.SQS_ENDPOINT,
            ConfigKey.S3_ENDPOINT)) {
      String value = values.get(key);
      if (value != null && !value.isEmpty() && !value.matches("https?://[^\\s]+")) {
        problems.add(key.variable() + "='" + value + "' is not an http(s) address");
      }
    }
    if (values.containsKey(ConfigKey.CORS_ORIGINS)) {
      words(ConfigKey.CORS_ORIGINS).stream()
          .filter(origin -> !ORIGIN.matcher(origin).matches())
          .forEach(origin ->
              problems.add(
                  ConfigKey.CORS_ORIGINS.variable()
                      + " has '"
                      + origin
                      + "', which is no origin; write it as browsers do, such as"
                      + " https://console.example"));
    }
    String metrics = values.get(ConfigKey.METRICS);
    if (metrics != null && !metrics.matches("none|emf|log")) {
      problems.add(
          ConfigKey.METRICS.variable()
              + "='"
              + metrics
              + "' is not none, emf (on AWS) or log (on Azure)");
    }
  }

  private static String near(String name) {
    for (ConfigKey key : ConfigKey.values()) {
      String a = key.variable().replace("_", "");
      String b = name.replace("_", "");
      if (a.equalsIgnoreCase(b) || a.startsWith(b) || b.startsWith(a)) {
        return "; did you mean " + key.variable() + "?";
      }
    }
    return "; remove it";
  }

  @Override
  public String toString() {
    Map<ConfigKey, String> shown = new EnumMap<>(values);
    shown.computeIfPresent(ConfigKey.MONGO_URI, (key, uri) -> uri.replaceAll("//.*@", "//***@"));
    shown.computeIfPresent(ConfigKey.STORAGE, (key, text) -> text.isEmpty() ? text : "***");
    return shown.toString();
  }
}
