package dev.beckon.dispatch;

import dev.beckon.intake.SealedFields;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.Recipient;
import dev.beckon.vendor.OutboundMessage;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Makes the message of an invitation: opens its sealed values and renders its templates. */
final class Composer {
  private final SealedFields sealed;

  Composer(SealedFields sealed) {
    this.sealed = sealed;
  }

  /**
   * @throws RuntimeException when the row cannot be opened or rendered; its message is safe to show
   */
  OutboundMessage compose(Invitation invitation, Renderer renderer, String vendorAccount) {
    SealedFields.Opened opened = sealed.open(invitation.account(), invitation.sealed());
    return new OutboundMessage(
        invitation.id(),
        key(invitation, vendorAccount),
        new Recipient(invitation.channel(), opened.address()),
        renderer.render(
            opened.fields(), invitation.token(), invitation.language(), invitation.channel()));
  }

  /**
   * Stable over resends and late refusals; only a redrive that an operator ordered begins a new
   * episode.
   */
  private static UUID key(Invitation invitation, String vendorAccount) {
    String name = invitation.id() + "\n" + vendorAccount + "\n" + invitation.episode();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
