package dev.beckon.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Zones;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object key by key and collects what is wrong, each as {@code path: what is wrong;
 * what helps}. Not thread-safe.
 */
public final class JsonReader {
  private static final Pattern IDENTIFIER = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final int LONGEST_NAME = 60;
  private static final String IDENTIFIER_RULE =
      "must be lower-case letters, digits and dashes, 40 at most";

  /** Further ahead than any calendar a survey is planned in, and safe to add to any time. */
  private static final Duration LONGEST = Duration.ofDays(3_660);

  private final JsonNode node;
  private final String path;
  private final List<String> problems;

  public JsonReader(JsonNode node, String path, List<String> problems) {
    this.node = node;
    this.path = path;
    this.problems = problems;
    if (!node.isObject() && !node.isMissingNode()) {
      problem("", "must be an object");
    }
  }

  /** Whether a text may name a part of a document. */
  public static boolean isIdentifier(String text) {
    return IDENTIFIER.matcher(text).matches();
  }

  /** What is read, as it is. */
  public JsonNode node() {
    return node;
  }

  public void problem(String key, String what) {
    problems.add(
        (key.isEmpty() ? (path.isEmpty() ? "the document" : path) : at(key)) + ": " + what);
  }

  public void known(String... keys) {
    Set<String> known = Set.of(keys);
    node.fieldNames()
        .forEachRemaining(key -> {
          if (!known.contains(key)) {
            problem(key, "is not known here; known are " + Arrays.toString(keys));
          }
        });
  }

  public String identifier(String key) {
    String id = text(key);
    if (!id.isEmpty() && !isIdentifier(id)) {
      problem(key, "'" + id + "' " + IDENTIFIER_RULE);
    }
    return id;
  }

  /** The entries of an object whose keys are identifiers. */
  public void eachNamed(String key, BiConsumer<String, JsonReader> entry) {
    each(
        key,
        (name, value) -> {
          if (!isIdentifier(name)) {
            value.problem("", "the name '" + name + "' " + IDENTIFIER_RULE);
          }
          entry.accept(name, value);
        });
  }

  public String text(String key) {
    String value = optional(key);
    if (value == null || value.isBlank()) {
      problem(key, "is missing");
      return "";
    }
    return value;
  }

  public String text(String key, String fallback) {
    String value = optional(key);
    return value == null ? fallback : value;
  }

  public @Nullable String optional(String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      problem(key, "must be a text in quotes");
      return null;
    }
    return value.textValue();
  }

  /** An object of texts; numbers and booleans are taken as they are written. */
  public Map<String, String> texts(String key) {
    Map<String, String> texts = new HashMap<>();
    JsonNode object = node.path(key);
    if (!object.isMissingNode() && !object.isObject()) {
      problem(key, "must be an object");
    }
    object
        .properties()
        .forEach(entry -> {
          if (entry.getValue().isValueNode() && !entry.getValue().isNull()) {
            texts.put(entry.getKey(), entry.getValue().asText());
          } else {
            problem(key + "." + entry.getKey(), "must be a text");
          }
        });
    return texts;
  }

  /** An object of texts, numbers and booleans, which are left as they are. */
  public Map<String, JsonNode> values(String key) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    JsonNode object = node.path(key);
    if (!object.isMissingNode() && !object.isObject()) {
      problem(key, "must be an object");
    }
    object
        .properties()
        .forEach(entry -> {
          JsonNode value = entry.getValue();
          if (value.isTextual() || value.isNumber() || value.isBoolean()) {
            values.put(entry.getKey(), value);
          } else {
            problem(
                key + "." + entry.getKey(),
                "is neither a text, a number, true nor false; send one of them, or leave it out");
          }
        });
    return values;
  }

  public List<String> list(String key) {
    List<String> list = new ArrayList<>();
    JsonNode array = node.path(key);
    if (!array.isMissingNode() && !array.isArray()) {
      problem(key, "must be a list");
    }
    array.forEach(item -> {
      if (item.isTextual()) {
        list.add(item.textValue());
      } else {
        problem(key, "must be a list of texts");
      }
    });
    return list;
  }

  public void items(String key, Consumer<JsonReader> item) {
    JsonNode array = node.path(key);
    if (!array.isMissingNode() && !array.isArray()) {
      problem(key, "must be a list");
      return;
    }
    for (int i = 0; i < array.size(); i++) {
      item.accept(new JsonReader(array.get(i), at(key) + "[" + i + "]", problems));
    }
  }

  public void each(String key, BiConsumer<String, JsonReader> entry) {
    child(key).eachHere(entry);
  }

  public void eachHere(BiConsumer<String, JsonReader> entry) {
    node.properties()
        .forEach(property ->
            entry.accept(
                property.getKey(),
                new JsonReader(property.getValue(), at(property.getKey()), problems)));
  }

  public JsonReader child(String key) {
    JsonNode value = node.path(key);
    return new JsonReader(value.isNull() ? MissingNode.getInstance() : value, at(key), problems);
  }

  /** A part as it was written, for whoever reads it whole. */
  public JsonNode node(String key) {
    return node.path(key);
  }

  public boolean flag(String key, boolean fallback) {
    JsonNode value = node.path(key);
    if (value.isMissingNode()) {
      return fallback;
    }
    if (!value.isBoolean()) {
      problem(key, "must be true or false");
    }
    return value.asBoolean(fallback);
  }

  public int integer(String key, int fallback) {
    JsonNode value = node.path(key);
    if (value.isMissingNode()) {
      return fallback;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      problem(key, "must be a whole number");
      return fallback;
    }
    return value.intValue();
  }

  public double number(String key, double fallback) {
    JsonNode value = node.path(key);
    if (value.isMissingNode()) {
      return fallback;
    }
    if (!value.isNumber()) {
      problem(key, "must be a number");
      return fallback;
    }
    return value.doubleValue();
  }

  public Duration duration(String key, Duration fallback) {
    String value = optional(key);
    if (value == null) {
      return fallback;
    }
    try {
      Duration duration = Duration.parse(value);
      if (duration.compareTo(LONGEST) > 0) {
        problem(key, "'" + value + "' is more than ten years");
        return fallback;
      }
      return duration;
    } catch (DateTimeParseException e) {
      problem(key, "'" + value + "' is not a duration; write it as PT30S or P7D");
      return fallback;
    }
  }

  /** A moment of four-digit years; null when there is none. */
  public @Nullable Instant instant(String key) {
    String value = optional(key);
    if (value == null) {
      return null;
    }
    try {
      OffsetDateTime time = OffsetDateTime.parse(value);
      if (time.getYear() >= 1970 && time.getYear() <= 9_999) {
        return time.toInstant();
      }
    } catch (DateTimeParseException e) {
      // told as the years are
    }
    problem(key, "is not a moment; write it as 2026-11-22T09:30:00Z or 2026-11-22T10:30:00+01:00");
    return null;
  }

  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** A time of the day; null, and a problem, when there is none. */
  public @Nullable LocalTime time(String key) {
    String value = text(key);
    try {
      return value.isEmpty() ? null : LocalTime.parse(value);
    } catch (DateTimeParseException e) {
      problem(key, "'" + value + "' is not a time of the day; write it as 08:00 or 20:30");
      return null;
    }
  }

  public ZoneId zone(String key, ZoneId fallback) {
    String value = optional(key);
    if (value == null) {
      return fallback;
    }
    Optional<ZoneId> zone = Zones.find(value);
    if (zone.isEmpty()) {
      problem(key, "'" + value + "' is not a time zone; write it as Europe/Berlin or UTC");
    }
    return zone.orElse(fallback);
  }

  public Optional<Channel> channel(String key) {
    String label = text(key);
    Optional<Channel> channel = Channel.ofLabel(label);
    if (channel.isEmpty() && !label.isEmpty()) {
      problem(key, "'" + label + "' is not a channel; use email, sms or voice");
    }
    return channel;
  }

  public <E extends Enum<E>> E oneOf(String key, Class<E> type, E fallback) {
    String value = optional(key);
    if (value == null) {
      return fallback;
    }
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
    }
    problem(
        key,
        "'"
            + value
            + "' must be one of "
            + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
    return fallback;
  }

  private String at(String key) {
    String name = key.length() <= LONGEST_NAME ? key : key.substring(0, LONGEST_NAME) + "…";
    return path.isEmpty() ? name : path + "." + name;
  }
}
