package dev.beckon.filedrop;

import dev.beckon.account.Account;
import dev.beckon.invitation.Invitation;

/** Renders a message that is looked at and not sent. Thread-safe. */
public interface MessagePreview {

  /**
   * A rendered message.
   *
   * @param subject empty for a text message
   */
  record Rendered(String subject, String text) {

    /** Shows no personal value. */
    @Override
    public String toString() {
      return "Rendered[" + text.length() + " characters]";
    }
  }

  /**
   * Renders the message of an invitation, which need not be stored.
   *
   * @throws RuntimeException when it cannot be rendered; its message is safe to show
   */
  Rendered render(Account account, Invitation invitation);
}
