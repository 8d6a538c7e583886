package dev.beckon.dispatch;

import dev.beckon.account.Dispatch;
import dev.beckon.invitation.Channel;
import dev.beckon.vendor.Content;
import java.net.URI;
import java.util.Map;

/** Mails as dispatch makes them, for steps in other rooms. Stateless. */
public final class Messages {
  private static final URI PUBLIC_URL = URI.create("https://beckon.example");
  private static final String TOKEN = "0123456789abcdefABCDEF";

  private Messages() {}

  /** A mail, complete. */
  public static Content rendered(Dispatch dispatch, Map<String, String> fields) {
    return new Renderer(dispatch, PUBLIC_URL).render(fields, TOKEN, "en", Channel.EMAIL);
  }

  /** A mail for a bulk vendor. */
  public static Content lifted(Dispatch dispatch, Map<String, String> fields) {
    return new Renderer(dispatch, PUBLIC_URL).lift(fields, TOKEN, "en", Channel.EMAIL);
  }
}
