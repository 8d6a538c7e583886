package dev.beckon.intake;

import dev.beckon.invitation.Channel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row as it came in, its fields named, nothing checked yet.
 *
 * @param number as the person who made the batch counts it; identifies the row in its batch
 * @param addresses what stands in the column of each channel
 * @param fields its fields by name, those at least that the dispatch knows
 * @param language as written in the row
 * @param zone the recipient's time zone as written in the row; null when it names none
 * @param defaultCountry ISO 3166 code for national phone numbers; null when there is none
 * @param reference what its sender calls it, shown and stored in clear: nothing of a person; null
 *     when they gave no name
 */
public record Row(
    int number,
    Map<Channel, String> addresses,
    Map<String, String> fields,
    @Nullable String language,
    @Nullable String zone,
    @Nullable String defaultCountry,
    @Nullable String reference) {
  public Row {
    addresses = Map.copyOf(addresses);
    fields = Map.copyOf(fields);
  }

  /** A row without a reference. */
  public Row(
      int number,
      Map<Channel, String> addresses,
      Map<String, String> fields,
      @Nullable String language,
      @Nullable String zone,
      @Nullable String defaultCountry) {
    this(number, addresses, fields, language, zone, defaultCountry, null);
  }

  /** A row that names no time zone either. */
  public Row(
      int number,
      Map<Channel, String> addresses,
      Map<String, String> fields,
      @Nullable String language,
      @Nullable String defaultCountry) {
    this(number, addresses, fields, language, null, defaultCountry);
  }

  /** Shows no personal value. */
  @Override
  public String toString() {
    return "Row[" + number + "]";
  }
}
