package dev.beckon.local.servers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the body of a transmission as a stream, whatever its order. Thread-safe. */
final class TransmissionReader {
  private final JsonFactory json =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).build())
          .build();

  /**
   * One recipient.
   *
   * @param reference the metadata {@code ref}; empty when there is none
   * @param values its substitution data; empty where nobody wanted to have them
   */
  record Recipient(String address, String reference, Map<String, String> values) {
    /** Names nobody. */
    @Override
    public String toString() {
      return "Recipient[" + reference + "]";
    }
  }

  /**
   * A whole body.
   *
   * @param values the substitution data of all recipients
   * @param content texts by their path below {@code content}, such as {@code from/email}
   */
  record Transmission(
      Map<String, String> values, Map<String, String> content, List<Recipient> recipients) {}

  /**
   * @param wanted of how many recipients, from the first, the values are wanted
   * @throws IOException when it is no transmission
   */
  Transmission read(InputStream in, int wanted) throws IOException {
    Transmission read = new Transmission(new HashMap<>(), new HashMap<>(), new ArrayList<>());
    try (JsonParser parser = json.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("not an object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "substitution_data" -> texts(parser, "", read.values());
          case "content" -> texts(parser, "", read.content());
          case "recipients" -> {
            if (value != JsonToken.START_ARRAY) {
              throw new IOException("recipients: not a list");
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
              read.recipients().add(recipient(parser, read.recipients().size() < wanted));
            }
          }
          default -> parser.skipChildren();
        }
      }
      if (parser.currentToken() != JsonToken.END_OBJECT) {
        throw new IOException("cut off");
      }
    }
    return read;
  }

  private static Recipient recipient(JsonParser parser, boolean wanted) throws IOException {
    String address = "";
    String reference = "";
    Map<String, String> values = Map.of();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "address" ->
            address = value == JsonToken.VALUE_STRING ? parser.getText() : one(parser, "email");
        case "metadata" -> reference = one(parser, "ref");
        case "substitution_data" -> {
          if (wanted) {
            values = new HashMap<>();
            texts(parser, "", values);
          } else {
            parser.skipChildren();
          }
        }
        default -> parser.skipChildren();
      }
    }
    return new Recipient(address, reference, values);
  }

  /** The text of one field of the object the parser stands at. */
  private static String one(JsonParser parser, String wanted) throws IOException {
    String found = "";
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean right = parser.currentName().equals(wanted);
      if (parser.nextToken() == JsonToken.VALUE_STRING && right) {
        found = parser.getText();
      } else {
        parser.skipChildren();
      }
    }
    return found;
  }

  private static void texts(JsonParser parser, String path, Map<String, String> to)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = path + parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT) {
        texts(parser, name + "/", to);
      } else if (value.isScalarValue()) {
        to.put(name, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
  }
}
