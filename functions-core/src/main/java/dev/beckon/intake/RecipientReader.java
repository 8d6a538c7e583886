package dev.beckon.intake;

import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Recipient;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an address as a person gives it to a command, by the rules of intake. Thread-safe. */
public final class RecipientReader {
  private final PhoneNumber phones = new PhoneNumber();

  /**
   * The recipients an address stands for: a mailbox, or a number on each channel numbers have.
   *
   * @param defaultCountry ISO 3166 code for national numbers; null when there is none
   * @throws IllegalArgumentException saying what is wrong with it, without repeating it
   */
  public List<Recipient> read(String address, @Nullable String defaultCountry) {
    boolean mailbox = address.contains("@");
    AddressCheck check =
        mailbox ? EmailAddress.check(address) : phones.check(address, defaultCountry);
    return switch (check) {
      case AddressCheck.Refused refused -> throw new IllegalArgumentException(refused.message());
      case AddressCheck.Sound(String sound) -> {
        List<Recipient> recipients = new ArrayList<>();
        for (Channel channel : Channel.values()) {
          if ((channel == Channel.EMAIL) == mailbox) {
            recipients.add(new Recipient(channel, sound));
          }
        }
        yield recipients;
      }
    };
  }
}
