package dev.beckon.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.beckon.invitation.SealedValue;
import dev.beckon.privacy.Sealer;
import dev.beckon.privacy.UnreadableException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Seals a recipient's address and fields as one value, and opens them again. The address is kept
 * under a key no field can have. Thread-safe.
 */
public final class SealedFields {
  private static final String ADDRESS = "";
  private static final int TYPICAL_BYTES = 256;
  private static final JsonFactory JSON = new JsonFactory();

  private final Sealer sealer;

  public SealedFields(Sealer sealer) {
    this.sealer = sealer;
  }

  /** What a sealed value holds. */
  public record Opened(String address, Map<String, String> fields) {

    /** Shows no personal value. */
    @Override
    public String toString() {
      return "Opened[" + fields.size() + " fields]";
    }
  }

  public SealedValue seal(String account, String address, Map<String, String> fields) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(TYPICAL_BYTES)) {
      try (JsonGenerator json = JSON.createGenerator(bytes)) {
        json.writeStartObject();
        for (Map.Entry<String, String> field : fields.entrySet()) {
          json.writeStringField(field.getKey(), field.getValue());
        }
        json.writeStringField(ADDRESS, address);
        json.writeEndObject();
      }
      return new SealedValue(sealer.seal(account, bytes.toByteArray()));
    } catch (IOException e) {
      throw new IllegalStateException("texts that JSON cannot hold", e);
    }
  }

  /**
   * Opens what {@link #seal} made.
   *
   * @throws dev.beckon.privacy.UnreadableException when its key is gone or the value was changed
   */
  public Opened open(String account, SealedValue sealed) {
    if (sealed.isNone()) {
      throw new UnreadableException(
          "its address and fields were erased or have passed their retention; drop the row in a new file");
    }
    try (JsonParser json = JSON.createParser(sealer.open(account, sealed.bytes()))) {
      Map<String, String> fields = new LinkedHashMap<>();
      String address = "";
      json.nextToken();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        String value = json.nextTextValue();
        if (value == null) {
          throw new IllegalStateException("a sealed field is no text");
        }
        if (name.equals(ADDRESS)) {
          address = value;
        } else {
          fields.put(name, value);
        }
      }
      return new Opened(address, fields);
    } catch (IOException e) {
      throw new IllegalStateException("a sealed value holds something else than fields", e);
    }
  }
}
