package dev.beckon.dispatch;

import dev.beckon.dispatch.SendGroup.Item;
import dev.beckon.intake.SealedFields;
import dev.beckon.invitation.Invitation;
import dev.beckon.invitation.Recipient;
import dev.beckon.privacy.Concealment;
import dev.beckon.privacy.KeysUnreachableException;
import dev.beckon.privacy.UnreadableException;
import dev.beckon.vendor.Content;
import dev.beckon.vendor.OutboundMessage;
import dev.beckon.vendor.SendResult;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Makes the message of an invitation: opens its sealed values and renders its templates. */
final class Composer {
  private final SealedFields sealed;

  Composer(SealedFields sealed) {
    this.sealed = sealed;
  }

  /**
   * @throws RuntimeException when the row cannot be opened or rendered; its message is safe to show
   */
  OutboundMessage compose(Item item, SendGroup group) {
    Invitation invitation = item.invitation();
    SealedFields.Opened opened = sealed.open(invitation.account(), invitation.sealed());
    Content content =
        group.vendor().takesSharedMail()
            ? item.renderer()
                .lift(
                    opened.fields(),
                    invitation.token(),
                    invitation.language(),
                    invitation.channel())
            : render(invitation, opened, item.renderer());
    return new OutboundMessage(
        invitation.id(),
        () -> key(invitation, group.vendorAccount()),
        new Recipient(invitation.channel(), opened.address(invitation.channel())),
        content);
  }

  /**
   * What the message of an invitation says, without a vendor in sight.
   *
   * @throws RuntimeException as {@link #compose} does
   */
  Content content(Invitation invitation, Renderer renderer) {
    return render(invitation, sealed.open(invitation.account(), invitation.sealed()), renderer);
  }

  private static Content render(
      Invitation invitation, SealedFields.Opened opened, Renderer renderer) {
    return renderer.render(
        opened.fields(), invitation.token(), invitation.language(), invitation.channel());
  }

  /**
   * Takes out of a vendor's words what they repeat of these rows: an answer to many may name any of
   * them.
   */
  List<SendResult> concealed(List<SendResult> results, List<Item> items) {
    if (results.stream().allMatch(result -> result.reason().isEmpty())) {
      return results;
    }
    Set<String> personal = new LinkedHashSet<>();
    for (Item item : items) {
      Invitation invitation = item.invitation();
      personal.add(invitation.token());
      try {
        SealedFields.Opened opened = sealed.open(invitation.account(), invitation.sealed());
        personal.add(opened.address());
        Recipient other = opened.other();
        if (other != null) {
          personal.add(other.address());
        }
        personal.addAll(opened.fields().values());
      } catch (UnreadableException | KeysUnreachableException e) {
        return reasons(
            results, any -> "the vendor's words are not shown: they may name the recipient");
      }
    }
    // The same words for many rows, as of a call that failed as a whole, are looked at once.
    Concealment concealment = new Concealment(personal);
    Map<String, String> known = new HashMap<>();
    return reasons(results, reason -> known.computeIfAbsent(reason, concealment::conceal));
  }

  private static List<SendResult> reasons(
      List<SendResult> results, UnaryOperator<String> reasonOf) {
    return results.stream()
        .map(result ->
            result.reason().isEmpty()
                ? result
                : withReason(result, reasonOf.apply(result.reason())))
        .toList();
  }

  private static SendResult withReason(SendResult result, String reason) {
    return new SendResult(result.code(), reason, result.vendorId(), result.retryAfter());
  }

  /**
   * Stable over resends and late refusals; only a redrive that an operator ordered begins a new
   * episode. A channel has its own: one vendor account may serve both, and what it refused on one
   * is no repeat on the other.
   */
  private static UUID key(Invitation invitation, String vendorAccount) {
    String name =
        invitation.id()
            + "\n"
            + vendorAccount
            + "\n"
            + invitation.episode()
            + "\n"
            + invitation.channel().label();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
