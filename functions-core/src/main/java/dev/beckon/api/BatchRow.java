package dev.beckon.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.beckon.batch.CallerReference;
import dev.beckon.batch.RefusedRow;
import dev.beckon.intake.Row;
import dev.beckon.invitation.Channel;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One invitation of a request as it was sent. Nothing of it is repeated where it cannot be read,
 * its unknown keys included: people's addresses were found in stranger places.
 *
 * @param reference what the caller calls it; null without one that can be shown
 */
record BatchRow(@Nullable String reference, Outcome outcome) {
  private static final List<String> KEYS =
      List.of("reference", "recipients", "fields", "language", "zone", "country");
  private static final List<String> CHANNELS = List.of("email", "sms", "voice");
  private static final Pattern COUNTRY = Pattern.compile("[A-Za-z]{2}");

  /** Either the row or why there is none. */
  sealed interface Outcome {
    record Read(Row row) implements Outcome {}

    record Unreadable(RefusedRow refused) implements Outcome {}
  }

  /** Why a row cannot be read; it never leaves this class. */
  private static final class UnreadableRow extends Exception {
    private static final long serialVersionUID = 1;
    private final String field;
    private final String code;
    private final String remedy;

    UnreadableRow(String field, String code, String reason, String remedy) {
      super(reason);
      this.field = field;
      this.code = code;
      this.remedy = remedy;
    }

    RefusedRow of(int row) {
      return new RefusedRow(row, field, code, String.valueOf(getMessage()), remedy);
    }
  }

  static BatchRow read(int number, JsonNode node) {
    String reference = node.path("reference").textValue();
    Optional<RefusedRow> fault =
        reference == null
            ? Optional.empty()
            : CallerReference.fault(number, reference, texts(node.path("recipients")));
    String shown = reference == null || reference.isBlank() || fault.isPresent() ? null : reference;
    try {
      Row row = row(number, node, shown);
      return new BatchRow(
          shown,
          fault.<Outcome>map(Outcome.Unreadable::new).orElseGet(() -> new Outcome.Read(row)));
    } catch (UnreadableRow e) {
      return new BatchRow(shown, new Outcome.Unreadable(e.of(number)));
    }
  }

  private static Collection<String> texts(JsonNode object) {
    return object.properties().stream().map(entry -> entry.getValue().asText()).toList();
  }

  private static Row row(int number, JsonNode node, @Nullable String reference)
      throws UnreadableRow {
    object(node, "", "write each invitation as an object with recipients and fields");
    known(node, "", KEYS);
    text(node, "reference");
    String country = text(node, "country");
    if (country != null && !COUNTRY.matcher(country).matches()) {
      throw new UnreadableRow(
          "country", "country-unknown", "is no code of a country", "write it as DE (ISO 3166)");
    }
    return new Row(
        number,
        addresses(node.path("recipients")),
        fields(node.path("fields")),
        text(node, "language"),
        text(node, "zone"),
        country,
        reference);
  }

  private static Map<Channel, String> addresses(JsonNode recipients) throws UnreadableRow {
    Map<Channel, String> addresses = new EnumMap<>(Channel.class);
    if (absent(recipients)) {
      return addresses;
    }
    object(recipients, "recipients", "write it as {\"email\": …} or {\"sms\": …}");
    known(recipients, "recipients", CHANNELS);
    for (Channel channel : Channel.values()) {
      JsonNode address = recipients.path(channel.label());
      if (!absent(address)) {
        if (!address.isTextual()) {
          throw notText("recipients." + channel.label());
        }
        addresses.put(channel, address.textValue());
      }
    }
    return addresses;
  }

  private static Map<String, String> fields(JsonNode node) throws UnreadableRow {
    Map<String, String> fields = new HashMap<>();
    if (absent(node)) {
      return fields;
    }
    object(node, "fields", "write it as {\"first_name\": …}");
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      JsonNode value = field.getValue();
      if (value.isTextual() || value.isBoolean() || value.isIntegralNumber()) {
        fields.put(field.getKey(), value.asText());
      } else if (!value.isNull()) {
        // 10.50 would be read as 10.5: how a fraction is to be shown only its sender knows
        throw new UnreadableRow(
            "fields",
            "not-text",
            "holds a list, an object or a fraction",
            "write each value in quotes, as it is to be shown");
      }
    }
    return fields;
  }

  private static void object(JsonNode node, String field, String remedy) throws UnreadableRow {
    if (!node.isObject()) {
      throw new UnreadableRow(field, "not-object", "is no object", remedy);
    }
  }

  private static void known(JsonNode node, String field, List<String> known) throws UnreadableRow {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!known.contains(entry.getKey())) {
        throw new UnreadableRow(
            field,
            "key-unknown",
            "has a key that is not known",
            "use only " + String.join(", ", known));
      }
    }
  }

  private static @Nullable String text(JsonNode node, String key) throws UnreadableRow {
    JsonNode value = node.path(key);
    if (absent(value)) {
      return null;
    }
    if (!value.isTextual()) {
      throw notText(key);
    }
    return value.textValue();
  }

  private static UnreadableRow notText(String field) {
    return new UnreadableRow(field, "not-text", "is no text", "write it in quotes");
  }

  private static boolean absent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }
}
