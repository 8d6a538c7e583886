package dev.beckon.bench.steps;

import dev.beckon.dispatch.Messages;
import dev.beckon.invitation.Channel;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.Recipient;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.OutboundMessage;
import java.util.UUID;

/** Messages ready to go. Stateless. */
public final class Mails {
  private Mails() {}

  /** The made-up row's mail, complete. */
  public static OutboundMessage rendered() {
    return message(Messages.rendered(Samples.dispatch("mail-0"), Samples.row().fields()));
  }

  /** The same mail for a bulk vendor. */
  public static OutboundMessage lifted() {
    return message(Messages.lifted(Samples.dispatch("bulk-0"), Samples.row().fields()));
  }

  private static OutboundMessage message(Content content) {
    return new OutboundMessage(
        Invitation.id("0123456789abcdef", 1),
        new UUID(1, 1),
        new Recipient(Channel.EMAIL, "guest.1@example.org"),
        content);
  }
}
