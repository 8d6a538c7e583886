package dev.beckon.intake;

import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Recipient;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an address that a person wrote, by the rules that rows are checked by. Thread-safe. */
public final class RecipientReader {
  private final PhoneNumber phones = new PhoneNumber();

  /**
   * The recipients an address may stand for: a mailbox, or a number on each channel that uses
   * numbers.
   *
   * @param country ISO 3166 code for numbers without country code; null when there is none
   * @throws IllegalArgumentException saying what is wrong with the address, without repeating it
   */
  public List<Recipient> read(String written, @Nullable String country) {
    boolean mailbox = written.indexOf('@') >= 0;
    if (!mailbox && written.chars().noneMatch(Character::isDigit)) {
      throw new IllegalArgumentException(
          "recipient-unclear: is neither an e-mail address nor a telephone number: give one of them whole");
    }
    AddressCheck check = mailbox ? EmailAddress.check(written) : phones.check(written, country);
    return switch (check) {
      case AddressCheck.Refused(String code, String message) ->
          throw new IllegalArgumentException(code + ": " + message);
      case AddressCheck.Sound(String address) ->
          mailbox
              ? List.of(new Recipient(Channel.EMAIL, address))
              : List.of(new Recipient(Channel.SMS, address), new Recipient(Channel.VOICE, address));
    };
  }

  /** What is wrong with a mailbox and what helps, without repeating it; empty when it is sound. */
  public static Optional<String> mailboxFault(String written) {
    return switch (EmailAddress.check(written)) {
      case AddressCheck.Refused(String code, String message) -> Optional.of(message);
      case AddressCheck.Sound sound -> Optional.empty();
    };
  }
}
