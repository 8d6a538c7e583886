package dev.beckon.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Recipient;
import dev.beckon.invitation.SealedValue;
import dev.beckon.privacy.Sealer;
import dev.beckon.privacy.UnreadableException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Seals a recipient's addresses and fields as one value, and opens them again. Addresses are kept
 * under keys no field can have. Thread-safe.
 */
public final class SealedFields {
  private static final String ADDRESS = "";

  /** Stands before the channel of the other address. */
  private static final String OTHER = "@";

  private static final int TYPICAL_BYTES = 256;
  private static final JsonFactory JSON = new JsonFactory();

  private final Sealer sealer;

  public SealedFields(Sealer sealer) {
    this.sealer = sealer;
  }

  /**
   * What a sealed value holds.
   *
   * @param address the first one
   * @param other the recipient's address on another channel; null when none was kept
   */
  public record Opened(String address, @Nullable Recipient other, Map<String, String> fields) {

    /** The address to use on a channel; empty when none was kept. */
    public String address(Channel channel) {
      return other != null && other.channel() == channel ? other.address() : address;
    }

    /** Shows no personal value. */
    @Override
    public String toString() {
      return "Opened[" + fields.size() + " fields]";
    }
  }

  public SealedValue seal(String account, String address, Map<String, String> fields) {
    return seal(account, address, null, fields);
  }

  /**
   * @param other the recipient's address on another channel
   */
  public SealedValue seal(
      String account, String address, @Nullable Recipient other, Map<String, String> fields) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(TYPICAL_BYTES)) {
      try (JsonGenerator json = JSON.createGenerator(bytes)) {
        json.writeStartObject();
        for (Map.Entry<String, String> field : fields.entrySet()) {
          json.writeStringField(field.getKey(), field.getValue());
        }
        json.writeStringField(ADDRESS, address);
        if (other != null) {
          json.writeStringField(OTHER + other.channel().label(), other.address());
        }
        json.writeEndObject();
      }
      return new SealedValue(sealer.seal(account, bytes.toByteArray()));
    } catch (IOException e) {
      throw new IllegalStateException("texts that JSON cannot hold", e);
    }
  }

  private static Channel channel(String key) {
    return Channel.ofLabel(key.substring(OTHER.length()))
        .orElseThrow(() -> new IllegalStateException("a sealed address is of no known channel"));
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
      Recipient other = null;
      json.nextToken();
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        String value = json.nextTextValue();
        if (value == null) {
          throw new IllegalStateException("a sealed field is no text");
        }
        if (name.equals(ADDRESS)) {
          address = value;
        } else if (name.startsWith(OTHER)) {
          other = new Recipient(channel(name), value);
        } else {
          fields.put(name, value);
        }
      }
      return new Opened(address, other, fields);
    } catch (IOException e) {
      throw new IllegalStateException("a sealed value holds something else than fields", e);
    }
  }
}
