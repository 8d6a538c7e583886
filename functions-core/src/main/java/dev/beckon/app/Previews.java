package dev.beckon.app;

import dev.beckon.account.Account;
import dev.beckon.dispatch.Renderers;
import dev.beckon.filedrop.MessagePreview;
import dev.beckon.intake.SealedFields;
import dev.beckon.invitation.Invitation;
import dev.beckon.vendor.Content;

/** Messages for a look beforehand, rendered as dispatch renders them. Thread-safe. */
public final class Previews implements MessagePreview {
  private final Renderers renderers;
  private final SealedFields sealed;

  public Previews(Renderers renderers, SealedFields sealed) {
    this.renderers = renderers;
    this.sealed = sealed;
  }

  @Override
  public Rendered render(Account account, Invitation invitation) {
    return switch (renderers.content(account, invitation, sealed)) {
      case Content.Email mail -> new Rendered(mail.subject(), mail.text());
      case Content.BulkEmail mail -> new Rendered(mail.single().subject(), mail.single().text());
      case Content.Sms text -> new Rendered("", text.text());
    };
  }
}
