package dev.beckon.vendor;

import dev.beckon.invitation.Recipient;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * One message, ready to go.
 *
 * @param reference the invitation's id: travels in whatever field the vendor returns in its events
 * @param keyed makes the deduplication key, which is a hash: most vendors never ask for it
 */
public record OutboundMessage(
    String reference, Supplier<UUID> keyed, Recipient to, Content content) {

  public OutboundMessage(String reference, UUID key, Recipient to, Content content) {
    this(reference, () -> key, to, content);
  }

  /** The deduplication key: stable over resends of one episode, for vendors that take one. */
  public UUID key() {
    return keyed.get();
  }
}
