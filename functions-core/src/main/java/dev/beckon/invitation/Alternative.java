package dev.beckon.invitation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The other address of an invitation's recipient, on another channel of its dispatch. Its address
 * is sealed with the first one; here is what finds it.
 *
 * @param hash as {@link Invitation#hash}
 * @param at when the invitation goes on by this address though its channel did not refuse it; null
 *     when it came from this address: there is no way back
 */
public record Alternative(Channel channel, String hash, @Nullable Instant at) {

  /** Whether the invitation may go on by it. */
  public boolean isOpen() {
    return at != null;
  }

  /** Whether the time of the invitation's channel is over. */
  public boolean isDue(Instant now) {
    return at != null && !now.isBefore(at);
  }
}
