package dev.beckon.vendor;

import dev.beckon.invitation.Recipient;
import java.util.UUID;

/**
 * One message, ready to go.
 *
 * @param reference the invitation's id: travels in whatever field the vendor returns in its events
 * @param key the deduplication key: stable over resends of one episode, for vendors that take one
 */
public record OutboundMessage(String reference, UUID key, Recipient to, Content content) {}
