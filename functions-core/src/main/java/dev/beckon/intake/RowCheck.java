package dev.beckon.intake;

import dev.beckon.account.Dispatch;
import dev.beckon.account.FieldRule;
import dev.beckon.account.Route;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Recipient;
import dev.beckon.invitation.Zones;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks one row against its dispatch: an address on one of its channels, its time zone, required
 * fields, sizes.
 */
final class RowCheck {
  /** Longest field, in characters; longer ones are refused, so that a sealed row stays small. */
  static final int LONGEST_FIELD = 4_096;

  private final PhoneNumber phones = new PhoneNumber();

  /** Either what the row says of its recipient or the reason why there is none. */
  sealed interface Outcome {
    /**
     * @param other the recipient's address on a later channel, where the dispatch goes on by it
     */
    record Sound(Recipient recipient, @Nullable ZoneId zone, @Nullable Recipient other)
        implements Outcome {}

    record Refused(Refusal refusal) implements Outcome {}
  }

  Outcome check(Row row, Dispatch dispatch) {
    Refusal refusal = fields(row, dispatch);
    if (refusal != null) {
      return new Outcome.Refused(refusal);
    }
    ZoneId zone = row.zone() == null ? null : Zones.find(row.zone()).orElse(null);
    if (row.zone() != null && zone == null) {
      return new Outcome.Refused(
          new Refusal(
              row.number(),
              "zone",
              "zone-unknown",
              "is not the name of a time zone: write it as Europe/Berlin, or leave it empty",
              row.zone()));
    }
    Recipient first = null;
    for (Route route : dispatch.routes()) {
      String address = row.addresses().get(route.channel());
      if (address == null || address.isBlank()) {
        continue;
      }
      switch (recipient(route.channel(), address, row.defaultCountry())) {
        case AddressCheck.Sound sound -> {
          Recipient recipient = new Recipient(route.channel(), sound.address());
          if (first != null) {
            return new Outcome.Sound(first, zone, recipient);
          }
          if (dispatch.policy().nextChannelAfter() == null) {
            return new Outcome.Sound(recipient, zone, null);
          }
          first = recipient;
        }
        case AddressCheck.Refused refused -> {
          if (refusal == null) {
            refusal =
                new Refusal(
                    row.number(),
                    route.channel().label(),
                    refused.code(),
                    refused.message(),
                    address);
          }
        }
      }
    }
    if (first != null) {
      return new Outcome.Sound(first, zone, null);
    }
    if (refusal == null) {
      String channels =
          String.join(
              " or ", dispatch.routes().stream().map(route -> route.channel().label()).toList());
      refusal =
          new Refusal(
              row.number(),
              channels,
              "address-missing",
              "the row has no address for " + channels + ": fill it in",
              "");
    }
    return new Outcome.Refused(refusal);
  }

  private AddressCheck recipient(Channel channel, String address, @Nullable String defaultCountry) {
    return switch (channel) {
      case EMAIL -> EmailAddress.check(address);
      case SMS, VOICE -> phones.check(address, defaultCountry);
    };
  }

  private static @Nullable Refusal fields(Row row, Dispatch dispatch) {
    for (Map.Entry<String, FieldRule> field : dispatch.fields().entrySet()) {
      String value = row.fields().get(field.getKey());
      if (field.getValue().required() && (value == null || value.isBlank())) {
        return new Refusal(
            row.number(),
            field.getKey(),
            "field-missing",
            "the dispatch requires " + field.getKey() + ": fill it in",
            "");
      }
      if (value != null && value.length() > LONGEST_FIELD) {
        return new Refusal(
            row.number(),
            field.getKey(),
            "field-too-long",
            value.length() + " characters; the most is " + LONGEST_FIELD + ": shorten it",
            value.substring(0, 50) + "…");
      }
    }
    return null;
  }
}
