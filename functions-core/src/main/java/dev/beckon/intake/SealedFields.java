package dev.beckon.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
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

  private final Sealer sealer;
  private final ObjectWriter writer;
  private final ObjectReader reader;

  public SealedFields(Sealer sealer) {
    this.sealer = sealer;
    JsonMapper mapper = JsonMapper.builder().build();
    this.writer = mapper.writer();
    this.reader = mapper.readerFor(new TypeReference<LinkedHashMap<String, String>>() {});
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
    Map<String, String> all = new LinkedHashMap<>(fields);
    all.put(ADDRESS, address);
    try {
      return new SealedValue(sealer.seal(account, writer.writeValueAsBytes(all)));
    } catch (JsonProcessingException e) {
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
    try {
      Map<String, String> all = reader.readValue(sealer.open(account, sealed.bytes()));
      String address = all.remove(ADDRESS);
      return new Opened(address == null ? "" : address, all);
    } catch (IOException e) {
      throw new IllegalStateException("a sealed value holds something else than fields", e);
    }
  }
}
