package dev.beckon.dispatch;

import dev.beckon.account.Account;
import dev.beckon.intake.SealedFields;
import dev.beckon.invitation.Invitation;
import dev.beckon.privacy.LinkSignatures;
import dev.beckon.vendor.Content;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the renderers of the accounts' newest versions. Thread-safe. */
public final class Renderers {
  private record Compiled(long version, Map<String, Renderer> byDispatch) {}

  private final URI publicUrl;
  private final LinkSignatures signatures;
  private final Map<String, Compiled> accounts = new ConcurrentHashMap<>();

  /**
   * @param publicUrl where the HTTP door answers
   */
  public Renderers(URI publicUrl, LinkSignatures signatures) {
    this.publicUrl = publicUrl;
    this.signatures = signatures;
  }

  /**
   * What the message of an invitation says; the invitation need not be stored.
   *
   * @throws RuntimeException when it cannot be opened or rendered; its message is safe to show
   */
  public Content content(Account account, Invitation invitation, SealedFields sealed) {
    return new Composer(sealed).content(invitation, of(account, invitation.dispatch()));
  }

  /**
   * The renderer of a dispatch of this snapshot.
   *
   * @throws dev.beckon.account.InvalidAccountException when its templates do not compile
   */
  Renderer of(Account account, String dispatch) {
    Compiled compiled =
        accounts.compute(
            account.id(),
            (id, old) ->
                old != null && old.version() == account.version()
                    ? old
                    : new Compiled(account.version(), new ConcurrentHashMap<>()));
    return compiled
        .byDispatch()
        .computeIfAbsent(
            dispatch, id -> new Renderer(account.requireDispatch(id), publicUrl, signatures));
  }
}
