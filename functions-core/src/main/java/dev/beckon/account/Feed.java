package dev.beckon.account;

import dev.beckon.invitation.Channel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the bucket whose files become batches of one dispatch.
 *
 * @param recipients channel → the field that holds its address
 * @param mapping header of the file → field, where they differ; matched without regard to case
 * @param language field that holds the recipient's language; null when the file has none
 * @param zone field that holds the recipient's time zone; null when the file has none
 * @param defaultCountry ISO 3166 code such as {@code DE}, for national phone numbers
 * @param mode what becomes of its files
 */
public record Feed(
    String id,
    String dispatch,
    Map<Channel, String> recipients,
    Map<String, String> mapping,
    @Nullable String language,
    @Nullable String zone,
    @Nullable String defaultCountry,
    Mode mode) {

  /** What becomes of a feed's files. */
  public enum Mode {
    /** They are imported and sent. */
    SEND,
    /** They are imported and sent once somebody approved them. */
    APPROVE,
    /** They are only checked. */
    CHECK
  }

  public Feed {
    recipients = Map.copyOf(recipients);
    mapping = Map.copyOf(mapping);
  }
}
