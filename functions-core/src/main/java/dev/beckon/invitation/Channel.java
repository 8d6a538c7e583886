package dev.beckon.invitation;

import java.util.Locale;
import java.util.Optional;

/** The way a person is reached. */
public enum Channel {
  /** RFC 5321/6531 mailbox. */
  EMAIL,
  /** Text message to an E.164 number. */
  SMS,
  /** Voice call to an E.164 number. */
  VOICE;

  /** The name used in configuration and reports, such as {@code email}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads a {@link #label()}, ignoring case. */
  public static Optional<Channel> ofLabel(String label) {
    for (Channel channel : values()) {
      if (channel.label().equalsIgnoreCase(label)) {
        return Optional.of(channel);
      }
    }
    return Optional.empty();
  }
}
