package dev.beckon.vendor;

import dev.beckon.account.Secret;
import dev.beckon.account.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The checked settings of one vendor account, read by name and type. Immutable. */
public final class VendorSettings {
  private final Map<String, Object> values;
  private final Map<URI, Secret> secrets;

  private VendorSettings(Map<String, Object> values, Map<URI, Secret> secrets) {
    this.values = Map.copyOf(values);
    this.secrets = Map.copyOf(secrets);
  }

  /**
   * What is wrong with configured settings, all of it, each line naming the setting and the remedy;
   * empty when they are sound. Secrets are checked to be references and are not resolved.
   */
  public static List<String> problems(List<Setting> declared, Map<String, String> configured) {
    List<String> problems = new ArrayList<>();
    TreeSet<String> unknown = new TreeSet<>(configured.keySet());
    for (Setting setting : declared) {
      unknown.remove(setting.name());
      String text = configured.getOrDefault(setting.name(), setting.fallback());
      if (text == null || text.isBlank()) {
        if (setting.required()) {
          problems.add(setting.name() + ": missing; give " + setting.meaning());
        }
        continue;
      }
      try {
        parse(setting, text);
      } catch (IllegalArgumentException e) {
        problems.add(setting.name() + ": " + e.getMessage());
      }
    }
    for (String name : unknown) {
      problems.add(
          name + ": no such setting; known are " + declared.stream().map(Setting::name).toList());
    }
    return problems;
  }

  /**
   * Reads configured settings and resolves their secrets.
   *
   * @throws IllegalArgumentException naming every problem of {@link #problems}
   */
  public static VendorSettings read(
      List<Setting> declared, Map<String, String> configured, Secrets secrets) {
    List<String> problems = problems(declared, configured);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    Map<String, Object> values = new HashMap<>();
    Map<URI, Secret> resolved = new HashMap<>();
    for (Setting setting : declared) {
      String text = configured.getOrDefault(setting.name(), setting.fallback());
      if (text != null && !text.isBlank()) {
        Object value = parse(setting, text);
        if (setting.type() == Setting.Type.SECRET) {
          URI reference = (URI) value;
          value = secrets.resolve(reference);
          resolved.put(reference, (Secret) value);
        }
        values.put(setting.name(), value);
      }
    }
    return new VendorSettings(values, resolved);
  }

  /** What the references among the settings stood for when they were read. */
  public Map<URI, Secret> secrets() {
    return secrets;
  }

  public String text(String name) {
    return get(name, String.class);
  }

  public int integer(String name) {
    return get(name, Integer.class);
  }

  public double share(String name) {
    return get(name, Double.class);
  }

  public Duration duration(String name) {
    return get(name, Duration.class);
  }

  public URI uri(String name) {
    return get(name, URI.class);
  }

  public Optional<String> optionalText(String name) {
    return Optional.ofNullable((String) values.get(name));
  }

  public Optional<Integer> optionalInteger(String name) {
    return Optional.ofNullable((Integer) values.get(name));
  }

  public Optional<URI> optionalUri(String name) {
    return Optional.ofNullable((URI) values.get(name));
  }

  public Optional<Secret> optionalSecret(String name) {
    return Optional.ofNullable((Secret) values.get(name));
  }

  /** Names only: values may be private. */
  @Override
  public String toString() {
    return "VendorSettings" + new TreeSet<>(values.keySet());
  }

  private <T> T get(String name, Class<T> type) {
    Object value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("setting " + name + " is optional here and absent");
    }
    return type.cast(value);
  }

  private static Object parse(Setting setting, String text) {
    String trimmed = text.strip();
    return switch (setting.type()) {
      case TEXT -> trimmed;
      case INTEGER -> integerOf(trimmed);
      case SHARE -> shareOf(trimmed);
      case DURATION -> durationOf(trimmed);
      case URI -> uriOf(trimmed);
      case SECRET -> referenceOf(trimmed);
    };
  }

  private static int integerOf(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a whole number", e);
    }
  }

  private static double shareOf(String text) {
    try {
      double share = Double.parseDouble(text);
      if (share >= 0 && share <= 1) {
        return share;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a number from 0 to 1", e);
    }
    throw new IllegalArgumentException("'" + text + "' is not a number from 0 to 1");
  }

  private static Duration durationOf(String text) {
    try {
      Duration duration = Duration.parse(text);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a duration; write it as PT30S or P7D", e);
    }
    throw new IllegalArgumentException("'" + text + "' is negative");
  }

  /** The messages never repeat the text: it may hold a password. */
  private static URI uriOf(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is not a URL; write it as https://host/path");
    }
    String authority = uri.getRawAuthority();
    if (authority != null && authority.contains("@")) {
      throw new IllegalArgumentException(
          "must hold no user and no password; give them as settings of their own");
    }
    if (!uri.isAbsolute()) {
      throw new IllegalArgumentException("is not an absolute URL; write it as https://host/path");
    }
    return uri;
  }

  /** The message never repeats the text: somebody may have pasted the secret itself. */
  private static URI referenceOf(String text) {
    if (!Secrets.isReference(text)) {
      throw new IllegalArgumentException(
          "must be a reference such as secret://name, never the secret itself");
    }
    return URI.create(text);
  }
}
