package dev.beckon.invitation;

import java.util.Optional;

/**
 * An invitation's way from one channel to its next: the same invitation goes on by its other
 * address.
 */
public record ChannelSwitch(Channel from, String fromHash, Channel to, String toHash) {

  /** That of an invitation as it was loaded; empty when there is no other address to go on by. */
  public static Optional<ChannelSwitch> of(Invitation row) {
    Alternative other = row.alternative();
    return other == null || !other.isOpen()
        ? Optional.empty()
        : Optional.of(new ChannelSwitch(row.channel(), row.hash(), other.channel(), other.hash()));
  }

  /** What is left behind: found by it still, and never gone back to. */
  public Alternative left() {
    return new Alternative(from, fromHash, null);
  }
}
