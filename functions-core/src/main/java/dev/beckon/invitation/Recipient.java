package dev.beckon.invitation;

/**
 * A checked address on a channel. Its {@link #toString()} is masked, so that a recipient that slips
 * into a log or an exception shows no address.
 *
 * @param address an e-mail address with its domain in ASCII, or an E.164 number such as {@code
 *     +4930123456}; already checked by intake
 */
public record Recipient(Channel channel, String address) {
  public Recipient {
    if (address.isBlank()) {
      throw new IllegalArgumentException("a recipient needs an address");
    }
  }

  @Override
  public String toString() {
    return "Recipient[" + channel.label() + " ***]";
  }
}
